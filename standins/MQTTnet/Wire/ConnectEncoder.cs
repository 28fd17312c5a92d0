using MQTTnet.Exceptions;

namespace MQTTnet.Wire;

/// <summary>Builds CONNECT (MQTT 5 section 3.1).</summary>
internal static class ConnectEncoder
{
    public static ReadOnlyMemory<byte> Connect(MqttClientOptions options)
    {
        var userName = options.Credentials?.GetUserName(options);
        var password = options.Credentials?.GetPassword(options);
        var hasWill = !string.IsNullOrEmpty(options.WillTopic);
        if (string.IsNullOrEmpty(options.ClientId) && !options.CleanSession)
            throw new MqttProtocolViolationException("CleanSession must be set if ClientId is empty [MQTT-3.1.3-7].");
        if (password != null && userName == null)
            throw new MqttProtocolViolationException("A password without a user name is refused.");

        var body = new PacketWriter();
        body.WriteString("MQTT");
        body.WriteByte(5);
        // Section 3.1.2.3: clean start 1, will 2, will QoS 3 and 4, will retain 5, password 6, user name 7.
        body.WriteByte((byte)((options.CleanSession ? 1 << 1 : 0)
            | (hasWill ? 1 << 2 : 0)
            | (hasWill ? (int)options.WillQualityOfServiceLevel << 3 : 0)
            | (hasWill && options.WillRetain ? 1 << 5 : 0)
            | (password != null ? 1 << 6 : 0)
            | (userName != null ? 1 << 7 : 0)));
        body.WriteTwoByteInteger((ushort)options.KeepAlivePeriod.TotalSeconds);
        body.WriteProperties(ConnectProperties(options));
        body.WriteString(options.ClientId);
        if (hasWill)
        {
            body.WriteProperties(WillProperties(options));
            body.WriteString(options.WillTopic);
            body.WriteBinary(options.WillPayload);
        }
        if (userName != null)
            body.WriteString(userName);
        if (password != null)
            body.WriteBinary(password);
        return PacketEncoder.Frame(PacketType.Connect, 0, body);
    }

    /// <summary>Section 3.1.2.11.</summary>
    private static PropertyWriter ConnectProperties(MqttClientOptions options)
    {
        var properties = new PropertyWriter();
        properties.WriteFourBytes(PropertyId.SessionExpiryInterval, options.SessionExpiryInterval);
        properties.WriteFlag(PropertyId.RequestProblemInformation, options.RequestProblemInformation, whenAbsent: true);
        properties.WriteFlag(PropertyId.RequestResponseInformation, options.RequestResponseInformation, whenAbsent: false);
        properties.WriteTwoBytes(PropertyId.ReceiveMaximum, options.ReceiveMaximum);
        properties.WriteTwoBytes(PropertyId.TopicAliasMaximum, options.TopicAliasMaximum);
        properties.WriteFourBytes(PropertyId.MaximumPacketSize, options.MaximumPacketSize);
        properties.WriteUserProperties(options.UserProperties);
        return properties;
    }

    /// <summary>Section 3.1.3.2.</summary>
    private static PropertyWriter WillProperties(MqttClientOptions options)
    {
        var properties = new PropertyWriter();
        properties.WriteByte(PropertyId.PayloadFormatIndicator, (byte)options.WillPayloadFormatIndicator);
        properties.WriteFourBytes(PropertyId.MessageExpiryInterval, options.WillMessageExpiryInterval);
        properties.WriteString(PropertyId.ResponseTopic, options.WillResponseTopic);
        properties.WriteBinary(PropertyId.CorrelationData, options.WillCorrelationData);
        properties.WriteString(PropertyId.ContentType, options.WillContentType);
        properties.WriteUserProperties(options.WillUserProperties);
        properties.WriteFourBytes(PropertyId.WillDelayInterval, options.WillDelayInterval);
        return properties;
    }
}
