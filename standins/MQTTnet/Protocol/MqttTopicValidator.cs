#nullable disable
using MQTTnet.Exceptions;

namespace MQTTnet.Protocol;

/// <summary>Topic names and filters, MQTT 5 section 4.7.</summary>
public static class MqttTopicValidator
{
    public static void ThrowIfInvalid(MqttApplicationMessage applicationMessage)
    {
        ArgumentNullException.ThrowIfNull(applicationMessage);
        // Section 3.3.2.3.4: with an alias the topic name may be empty.
        if (applicationMessage.TopicAlias == 0)
            ThrowIfInvalid(applicationMessage.Topic);
    }

    public static void ThrowIfInvalid(string topic)
    {
        if (string.IsNullOrEmpty(topic))
            throw new MqttProtocolViolationException("Topic should not be empty.");
        foreach (var character in topic)
        {
            if (character is '+' or '#')
                throw new MqttProtocolViolationException($"The character '{character}' is not allowed in topics.");
        }
    }

    public static void ThrowIfInvalidSubscribe(string topic)
    {
        if (string.IsNullOrEmpty(topic))
            throw new MqttProtocolViolationException("Topic should not be empty.");
        var hash = topic.IndexOf('#', StringComparison.Ordinal);
        if (hash != -1 && hash != topic.Length - 1)
            throw new MqttProtocolViolationException("The character '#' is only allowed as last character");
    }
}
