#nullable disable
using MQTTnet.Formatter;
using MQTTnet.Packets;
using MQTTnet.Protocol;

namespace MQTTnet;

/// <summary>What CONNECT says, and how the server is reached; the defaults are those of the real package.</summary>
public sealed class MqttClientOptions
{
    public bool AllowPacketFragmentation { get; set; } = true;

    public IMqttClientChannelOptions ChannelOptions { get; set; }

    public bool CleanSession { get; set; } = true;

    public string ClientId { get; set; } = Guid.NewGuid().ToString("N");

    public IMqttClientCredentialsProvider Credentials { get; set; }

    public TimeSpan KeepAlivePeriod { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>Bytes of the largest packet the server may send; 0 sends no limit.</summary>
    public uint MaximumPacketSize { get; set; }

    public MqttProtocolVersion ProtocolVersion { get; set; } = MqttProtocolVersion.V500;

    /// <summary>How many unacknowledged QoS 1 and 2 messages the server may have sent; 0 is not sent and means 65,535.</summary>
    public ushort ReceiveMaximum { get; set; }

    public bool RequestProblemInformation { get; set; } = true;

    public bool RequestResponseInformation { get; set; }

    public uint SessionExpiryInterval { get; set; }

    /// <summary>Limit of every call but PublishAsync, when its token cannot be cancelled.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(100);

    public ushort TopicAliasMaximum { get; set; }

    public bool TryPrivate { get; set; }

    public List<MqttUserProperty> UserProperties { get; set; }

    public bool ValidateFeatures { get; set; } = true;

    public string WillContentType { get; set; }

    public byte[] WillCorrelationData { get; set; }

    public uint WillDelayInterval { get; set; }

    public uint WillMessageExpiryInterval { get; set; }

    public byte[] WillPayload { get; set; }

    public MqttPayloadFormatIndicator WillPayloadFormatIndicator { get; set; } = MqttPayloadFormatIndicator.Unspecified;

    public MqttQualityOfServiceLevel WillQualityOfServiceLevel { get; set; }

    public string WillResponseTopic { get; set; }

    public bool WillRetain { get; set; }

    public string WillTopic { get; set; }

    public List<MqttUserProperty> WillUserProperties { get; set; }
}
