#nullable disable
using System.Buffers;
using MQTTnet.Packets;
using MQTTnet.Protocol;

namespace MQTTnet;

/// <summary>What a PUBLISH carries (MQTT 5 section 3.3).</summary>
public sealed class MqttApplicationMessage
{
    public string ContentType { get; set; }

    public byte[] CorrelationData { get; set; }

    public bool Dup { get; set; }

    public uint MessageExpiryInterval { get; set; }

    /// <summary>A received payload is one segment that belongs to this message alone; it stays valid after the handler.</summary>
    public ReadOnlySequence<byte> Payload { get; set; } = ReadOnlySequence<byte>.Empty;

    public ArraySegment<byte> PayloadSegment
    {
        set => Payload = new ReadOnlySequence<byte>(value);
    }

    public MqttPayloadFormatIndicator PayloadFormatIndicator { get; set; } = MqttPayloadFormatIndicator.Unspecified;

    public MqttQualityOfServiceLevel QualityOfServiceLevel { get; set; }

    public string ResponseTopic { get; set; }

    public bool Retain { get; set; }

    public List<uint> SubscriptionIdentifiers { get; set; }

    public string Topic { get; set; }

    public ushort TopicAlias { get; set; }

    /// <summary>Null when the message has none.</summary>
    public List<MqttUserProperty> UserProperties { get; set; }
}
