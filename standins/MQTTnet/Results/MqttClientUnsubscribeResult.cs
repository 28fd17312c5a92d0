#nullable disable
using MQTTnet.Packets;

namespace MQTTnet;

/// <summary>The UNSUBACK (MQTT 5 section 3.11).</summary>
public sealed class MqttClientUnsubscribeResult
{
    public MqttClientUnsubscribeResult(
        ushort packetIdentifier,
        IReadOnlyCollection<MqttClientUnsubscribeResultItem> items,
        string reasonString,
        IReadOnlyCollection<MqttUserProperty> userProperties)
    {
        PacketIdentifier = packetIdentifier;
        Items = items ?? throw new ArgumentNullException(nameof(items));
        ReasonString = reasonString;
        UserProperties = userProperties ?? throw new ArgumentNullException(nameof(userProperties));
    }

    public IReadOnlyCollection<MqttClientUnsubscribeResultItem> Items { get; }

    public ushort PacketIdentifier { get; }

    public string ReasonString { get; }

    public IReadOnlyCollection<MqttUserProperty> UserProperties { get; set; }
}
