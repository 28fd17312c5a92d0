#nullable disable
using MQTTnet.Packets;

namespace MQTTnet;

/// <summary>What one UNSUBSCRIBE asks for (MQTT 5 section 3.10).</summary>
public sealed class MqttClientUnsubscribeOptions
{
    public List<string> TopicFilters { get; set; } = [];

    public List<MqttUserProperty> UserProperties { get; set; }
}
