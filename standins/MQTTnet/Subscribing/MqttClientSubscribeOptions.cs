#nullable disable
using MQTTnet.Packets;

namespace MQTTnet;

/// <summary>What one SUBSCRIBE asks for (MQTT 5 section 3.8).</summary>
public sealed class MqttClientSubscribeOptions
{
    public uint SubscriptionIdentifier { get; set; }

    public List<MqttTopicFilter> TopicFilters { get; set; } = [];

    public List<MqttUserProperty> UserProperties { get; set; }
}
