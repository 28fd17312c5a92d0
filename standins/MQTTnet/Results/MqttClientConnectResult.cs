#nullable disable
using MQTTnet.Packets;
using MQTTnet.Protocol;

namespace MQTTnet;

/// <summary>The CONNACK; a refusal is a result code, not an exception (MQTT 5 section 3.2).</summary>
public sealed class MqttClientConnectResult
{
    public string AssignedClientIdentifier { get; init; }

    public byte[] AuthenticationData { get; init; }

    public string AuthenticationMethod { get; init; }

    public bool IsSessionPresent { get; init; }

    public uint? MaximumPacketSize { get; init; }

    public MqttQualityOfServiceLevel MaximumQoS { get; init; }

    public string ReasonString { get; init; }

    public ushort? ReceiveMaximum { get; init; }

    public string ResponseInformation { get; init; }

    public MqttClientConnectResultCode ResultCode { get; init; }

    public bool RetainAvailable { get; init; }

    public ushort ServerKeepAlive { get; init; }

    public string ServerReference { get; init; }

    public uint? SessionExpiryInterval { get; init; }

    public bool SharedSubscriptionAvailable { get; init; }

    public bool SubscriptionIdentifiersAvailable { get; init; }

    public ushort TopicAliasMaximum { get; init; }

    public List<MqttUserProperty> UserProperties { get; init; }

    public bool WildcardSubscriptionAvailable { get; init; }
}
