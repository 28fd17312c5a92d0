#nullable disable
using MQTTnet.Packets;

namespace MQTTnet;

/// <summary>The SUBACK: a refused filter is a result code, not an exception (MQTT 5 section 3.9).</summary>
public sealed class MqttClientSubscribeResult
{
    public MqttClientSubscribeResult(
        ushort packetIdentifier,
        IReadOnlyCollection<MqttClientSubscribeResultItem> items,
        string reasonString,
        IReadOnlyCollection<MqttUserProperty> userProperties)
    {
        PacketIdentifier = packetIdentifier;
        Items = items ?? throw new ArgumentNullException(nameof(items));
        ReasonString = reasonString;
        UserProperties = userProperties ?? throw new ArgumentNullException(nameof(userProperties));
    }

    public IReadOnlyCollection<MqttClientSubscribeResultItem> Items { get; }

    public ushort PacketIdentifier { get; }

    public string ReasonString { get; }

    public IReadOnlyCollection<MqttUserProperty> UserProperties { get; }
}
