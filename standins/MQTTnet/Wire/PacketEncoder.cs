using MQTTnet.Exceptions;
using MQTTnet.Protocol;

namespace MQTTnet.Wire;

/// <summary>Builds every packet a client sends but CONNECT, each as fixed header and all that follows except PUBLISH's payload.</summary>
internal static class PacketEncoder
{
    /// <summary>Section 3.12.</summary>
    public static readonly ReadOnlyMemory<byte> PingReq = new byte[] { (int)PacketType.PingReq << 4, 0 };

    /// <summary>Section 3.3: topic name, packet identifier if QoS &gt; 0, properties; the payload follows unframed.</summary>
    public static ReadOnlyMemory<byte> Publish(MqttApplicationMessage message, ushort packetIdentifier)
    {
        if (message.QualityOfServiceLevel == MqttQualityOfServiceLevel.AtMostOnce && message.Dup)
            throw new MqttProtocolViolationException("Dup flag must be false for QoS 0 packets [MQTT-3.3.1-2].");
        var body = new PacketWriter();
        body.WriteString(message.Topic);
        if (message.QualityOfServiceLevel != MqttQualityOfServiceLevel.AtMostOnce)
            body.WriteTwoByteInteger(packetIdentifier);

        var properties = new PropertyWriter();
        properties.WriteString(PropertyId.ContentType, message.ContentType);
        properties.WriteBinary(PropertyId.CorrelationData, message.CorrelationData);
        properties.WriteFourBytes(PropertyId.MessageExpiryInterval, message.MessageExpiryInterval);
        properties.WriteByte(PropertyId.PayloadFormatIndicator, (byte)message.PayloadFormatIndicator);
        properties.WriteString(PropertyId.ResponseTopic, message.ResponseTopic);
        foreach (var identifier in message.SubscriptionIdentifiers ?? [])
            properties.WriteVariable(PropertyId.SubscriptionIdentifier, identifier);
        properties.WriteUserProperties(message.UserProperties);
        properties.WriteTwoBytes(PropertyId.TopicAlias, message.TopicAlias);
        body.WriteProperties(properties);

        var flags = ((int)message.QualityOfServiceLevel << 1) | (message.Retain ? 1 : 0) | (message.Dup ? 8 : 0);
        return Frame(PacketType.Publish, flags, body, message.Payload.Length);
    }

    /// <summary>Sections 3.4 to 3.7: reason code and properties are left out where they say nothing.</summary>
    public static ReadOnlyMemory<byte> Ack(AckPacket packet)
    {
        if (packet.PacketIdentifier == 0)
            throw new MqttProtocolViolationException($"{packet.Type}: the packet identifier is 0.");
        var body = new PacketWriter(16);
        body.WriteTwoByteInteger(packet.PacketIdentifier);

        var properties = new PropertyWriter();
        properties.WriteString(PropertyId.ReasonString, packet.ReasonString);
        properties.WriteUserProperties(packet.UserProperties);
        if (properties.Content.Length > 0 || packet.ReasonCode != 0)
        {
            body.WriteByte(packet.ReasonCode);
            body.WriteProperties(properties);
        }
        return Frame(packet.Type, packet.Type == PacketType.PubRel ? 2 : 0, body);
    }

    /// <summary>Section 3.8.</summary>
    public static ReadOnlyMemory<byte> Subscribe(MqttClientSubscribeOptions options, ushort packetIdentifier)
    {
        if (options.TopicFilters.Count == 0)
            throw new MqttProtocolViolationException("At least one topic filter must be set [MQTT-3.8.3-2].");
        var body = new PacketWriter();
        body.WriteTwoByteInteger(packetIdentifier);

        var properties = new PropertyWriter();
        properties.WriteVariable(PropertyId.SubscriptionIdentifier, options.SubscriptionIdentifier);
        properties.WriteUserProperties(options.UserProperties);
        body.WriteProperties(properties);

        foreach (var filter in options.TopicFilters)
        {
            body.WriteString(filter.Topic);
            // Section 3.8.3.1: QoS in bits 0 and 1, no local 2, retain as published 3, retain handling 4 and 5.
            body.WriteByte((byte)((int)filter.QualityOfServiceLevel
                | (filter.NoLocal ? 1 << 2 : 0)
                | (filter.RetainAsPublished ? 1 << 3 : 0)
                | ((int)filter.RetainHandling << 4)));
        }
        return Frame(PacketType.Subscribe, 2, body);
    }

    /// <summary>Section 3.10.</summary>
    public static ReadOnlyMemory<byte> Unsubscribe(MqttClientUnsubscribeOptions options, ushort packetIdentifier)
    {
        if (options.TopicFilters.Count == 0)
            throw new MqttProtocolViolationException("At least one topic filter must be set [MQTT-3.10.3-2].");
        var body = new PacketWriter();
        body.WriteTwoByteInteger(packetIdentifier);

        var properties = new PropertyWriter();
        properties.WriteUserProperties(options.UserProperties);
        body.WriteProperties(properties);

        foreach (var filter in options.TopicFilters)
            body.WriteString(filter);
        return Frame(PacketType.Unsubscribe, 2, body);
    }

    /// <summary>Section 3.14. The options' reason string stays here, as in the real package.</summary>
    public static ReadOnlyMemory<byte> Disconnect(MqttClientDisconnectOptions options)
    {
        var body = new PacketWriter(16);
        body.WriteByte((byte)options.Reason);

        var properties = new PropertyWriter();
        properties.WriteFourBytes(PropertyId.SessionExpiryInterval, options.SessionExpiryInterval);
        properties.WriteUserProperties(options.UserProperties);
        body.WriteProperties(properties);
        return Frame(PacketType.Disconnect, 0, body);
    }

    /// <summary>Section 2.1: the fixed header counts everything after itself.</summary>
    public static ReadOnlyMemory<byte> Frame(PacketType type, int flags, PacketWriter body, long payloadLength = 0)
    {
        var remainingLength = body.Length + payloadLength;
        if (remainingLength > MqttProtocolViolationException.VariableByteIntegerMaxValue)
            throw new MqttProtocolViolationException($"{type}: {remainingLength} bytes are more than a packet can hold.");
        var packet = new PacketWriter(body.Length + 5);
        packet.WriteByte((byte)(((int)type << 4) | flags));
        packet.WriteVariableByteInteger((uint)remainingLength);
        packet.WriteBytes(body.Written.Span);
        return packet.Written;
    }
}
