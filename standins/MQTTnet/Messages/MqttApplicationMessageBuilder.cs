#nullable disable
using System.Buffers;
using System.Text;
using MQTTnet.Exceptions;
using MQTTnet.Packets;
using MQTTnet.Protocol;

namespace MQTTnet;

/// <summary>Builds a message to publish.</summary>
public sealed class MqttApplicationMessageBuilder
{
    private readonly MqttApplicationMessage _message = new();

    public MqttApplicationMessage Build()
    {
        if (_message.TopicAlias == 0 && string.IsNullOrEmpty(_message.Topic))
            throw new MqttProtocolViolationException("Topic or TopicAlias is not set.");
        // A copy: the builder may go on to build another one.
        return new MqttApplicationMessage
        {
            Topic = _message.Topic,
            Payload = _message.Payload,
            QualityOfServiceLevel = _message.QualityOfServiceLevel,
            Retain = _message.Retain,
            ContentType = _message.ContentType,
            ResponseTopic = _message.ResponseTopic,
            CorrelationData = _message.CorrelationData,
            TopicAlias = _message.TopicAlias,
            SubscriptionIdentifiers = _message.SubscriptionIdentifiers,
            MessageExpiryInterval = _message.MessageExpiryInterval,
            PayloadFormatIndicator = _message.PayloadFormatIndicator,
            UserProperties = _message.UserProperties,
        };
    }

    public MqttApplicationMessageBuilder WithContentType(string contentType)
    {
        _message.ContentType = contentType;
        return this;
    }

    public MqttApplicationMessageBuilder WithCorrelationData(byte[] correlationData)
    {
        _message.CorrelationData = correlationData;
        return this;
    }

    public MqttApplicationMessageBuilder WithMessageExpiryInterval(uint messageExpiryInterval)
    {
        _message.MessageExpiryInterval = messageExpiryInterval;
        return this;
    }

    public MqttApplicationMessageBuilder WithPayload(byte[] payload) =>
        WithPayload(payload == null ? ReadOnlySequence<byte>.Empty : new ReadOnlySequence<byte>(payload));

    public MqttApplicationMessageBuilder WithPayload(ArraySegment<byte> payloadSegment) =>
        WithPayload(new ReadOnlySequence<byte>(payloadSegment));

    public MqttApplicationMessageBuilder WithPayload(IEnumerable<byte> payload) => payload switch
    {
        null => WithPayload(ReadOnlySequence<byte>.Empty),
        byte[] array => WithPayload(array),
        ArraySegment<byte> segment => WithPayload(segment),
        _ => WithPayload(payload.ToArray()),
    };

    public MqttApplicationMessageBuilder WithPayload(Stream payload) =>
        payload == null ? WithPayload(ReadOnlySequence<byte>.Empty) : WithPayload(payload, payload.Length - payload.Position);

    public MqttApplicationMessageBuilder WithPayload(Stream payload, long length)
    {
        if (payload == null || length == 0)
            return WithPayload(ReadOnlySequence<byte>.Empty);
        var buffer = new byte[length];
        payload.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
        return WithPayload(buffer);
    }

    public MqttApplicationMessageBuilder WithPayload(string payload) =>
        WithPayload(Encoding.UTF8.GetBytes(payload ?? ""));

    public MqttApplicationMessageBuilder WithPayload(ReadOnlySequence<byte> payload)
    {
        _message.Payload = payload;
        return this;
    }

    public MqttApplicationMessageBuilder WithPayloadFormatIndicator(MqttPayloadFormatIndicator payloadFormatIndicator)
    {
        _message.PayloadFormatIndicator = payloadFormatIndicator;
        return this;
    }

    public MqttApplicationMessageBuilder WithPayloadSegment(ArraySegment<byte> payloadSegment) => WithPayload(payloadSegment);

    public MqttApplicationMessageBuilder WithPayloadSegment(ReadOnlyMemory<byte> payloadSegment) =>
        WithPayload(new ReadOnlySequence<byte>(payloadSegment));

    public MqttApplicationMessageBuilder WithQualityOfServiceLevel(MqttQualityOfServiceLevel qualityOfServiceLevel)
    {
        _message.QualityOfServiceLevel = qualityOfServiceLevel;
        return this;
    }

    public MqttApplicationMessageBuilder WithResponseTopic(string responseTopic)
    {
        _message.ResponseTopic = responseTopic;
        return this;
    }

    public MqttApplicationMessageBuilder WithRetainFlag(bool value = true)
    {
        _message.Retain = value;
        return this;
    }

    public MqttApplicationMessageBuilder WithSubscriptionIdentifier(uint subscriptionIdentifier)
    {
        MqttProtocolViolationException.ThrowIfVariableByteIntegerExceedsLimit(subscriptionIdentifier);
        (_message.SubscriptionIdentifiers ??= []).Add(subscriptionIdentifier);
        return this;
    }

    public MqttApplicationMessageBuilder WithTopic(string topic)
    {
        _message.Topic = topic;
        return this;
    }

    public MqttApplicationMessageBuilder WithTopicAlias(ushort topicAlias)
    {
        _message.TopicAlias = topicAlias;
        return this;
    }

    [Obsolete("Use the WithUserProperty accepting a ReadOnlyMemory<byte> for better performance.")]
    public MqttApplicationMessageBuilder WithUserProperty(string name, string value)
    {
        (_message.UserProperties ??= []).Add(new MqttUserProperty(name, value));
        return this;
    }

    public MqttApplicationMessageBuilder WithUserProperty(string name, ReadOnlyMemory<byte> value)
    {
        (_message.UserProperties ??= []).Add(new MqttUserProperty(name, value));
        return this;
    }

    public MqttApplicationMessageBuilder WithUserProperty(string name, ArraySegment<byte> value)
    {
        (_message.UserProperties ??= []).Add(new MqttUserProperty(name, value));
        return this;
    }
}
