#nullable disable
using MQTTnet.Packets;

namespace MQTTnet;

/// <summary>What the server said to a PUBLISH; a refusal is a reason code, not an exception.</summary>
public sealed class MqttClientPublishResult
{
    public MqttClientPublishResult(
        ushort? packetIdentifier,
        MqttClientPublishReasonCode reasonCode,
        string reasonString,
        IReadOnlyCollection<MqttUserProperty> userProperties)
    {
        PacketIdentifier = packetIdentifier;
        ReasonCode = reasonCode;
        ReasonString = reasonString;
        UserProperties = userProperties;
    }

    public bool IsSuccess => ReasonCode is MqttClientPublishReasonCode.Success or MqttClientPublishReasonCode.NoMatchingSubscribers;

    public ushort? PacketIdentifier { get; }

    public MqttClientPublishReasonCode ReasonCode { get; }

    public string ReasonString { get; }

    public IReadOnlyCollection<MqttUserProperty> UserProperties { get; }
}
