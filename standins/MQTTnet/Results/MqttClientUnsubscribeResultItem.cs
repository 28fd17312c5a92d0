#nullable disable
namespace MQTTnet;

/// <summary>What became of one topic filter.</summary>
public sealed class MqttClientUnsubscribeResultItem
{
    public MqttClientUnsubscribeResultItem(string topicFilter, MqttClientUnsubscribeResultCode resultCode)
    {
        TopicFilter = topicFilter ?? throw new ArgumentNullException(nameof(topicFilter));
        ResultCode = resultCode;
    }

    public MqttClientUnsubscribeResultCode ResultCode { get; }

    public string TopicFilter { get; }
}
