#nullable disable
using MQTTnet.Packets;

namespace MQTTnet;

/// <summary>What DISCONNECT says (MQTT 5 section 3.14). The reason string is not sent, as in the real package.</summary>
public sealed class MqttClientDisconnectOptions
{
    public MqttClientDisconnectOptionsReason Reason { get; set; } = MqttClientDisconnectOptionsReason.NormalDisconnection;

    public string ReasonString { get; set; }

    /// <summary>0 leaves the interval that CONNECT set.</summary>
    public uint SessionExpiryInterval { get; set; }

    public List<MqttUserProperty> UserProperties { get; set; }
}
