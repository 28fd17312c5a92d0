using MQTTnet.Exceptions;
using MQTTnet.Protocol;

namespace MQTTnet.Wire;

/// <summary>Reads CONNACK (MQTT 5 section 3.2).</summary>
internal static class ConnAckDecoder
{
    public static MqttClientConnectResult ConnAck(RawPacket packet)
    {
        var reader = PacketDecoder.Reader(packet);
        var sessionPresent = (reader.ReadByte() & 1) != 0;
        var resultCode = (MqttClientConnectResultCode)reader.ReadByte();

        // Section 3.2.2.3: what absence of each property means; an absent number is 0, as in the real package.
        string? assignedClientIdentifier = null, authenticationMethod = null, reasonString = null;
        string? responseInformation = null, serverReference = null;
        byte[]? authenticationData = null;
        uint sessionExpiryInterval = 0;
        uint maximumPacketSize = 0;
        ushort receiveMaximum = 0;
        ushort serverKeepAlive = 0, topicAliasMaximum = 0;
        var maximumQoS = MqttQualityOfServiceLevel.ExactlyOnce;
        bool retain = true, wildcard = true, identifiers = true, shared = true;

        var properties = new PropertyReader(reader);
        while (properties.MoveNext())
        {
            switch (properties.Id)
            {
                case PropertyId.SessionExpiryInterval: sessionExpiryInterval = properties.ReadFourBytes(); break;
                case PropertyId.ReceiveMaximum: receiveMaximum = properties.ReadTwoBytes(); break;
                case PropertyId.MaximumQoS: maximumQoS = ReadMaximumQoS(properties.ReadByte()); break;
                case PropertyId.RetainAvailable: retain = properties.ReadFlag(); break;
                case PropertyId.MaximumPacketSize: maximumPacketSize = properties.ReadFourBytes(); break;
                case PropertyId.AssignedClientIdentifier: assignedClientIdentifier = properties.ReadString(); break;
                case PropertyId.TopicAliasMaximum: topicAliasMaximum = properties.ReadTwoBytes(); break;
                case PropertyId.ReasonString: reasonString = properties.ReadString(); break;
                case PropertyId.WildcardSubscriptionAvailable: wildcard = properties.ReadFlag(); break;
                case PropertyId.SubscriptionIdentifiersAvailable: identifiers = properties.ReadFlag(); break;
                case PropertyId.SharedSubscriptionAvailable: shared = properties.ReadFlag(); break;
                case PropertyId.ServerKeepAlive: serverKeepAlive = properties.ReadTwoBytes(); break;
                case PropertyId.ResponseInformation: responseInformation = properties.ReadString(); break;
                case PropertyId.ServerReference: serverReference = properties.ReadString(); break;
                case PropertyId.AuthenticationMethod: authenticationMethod = properties.ReadString(); break;
                case PropertyId.AuthenticationData: authenticationData = properties.ReadBinary(); break;
                default: throw properties.NotAllowedHere();
            }
        }

        return new MqttClientConnectResult
        {
            IsSessionPresent = sessionPresent,
            ResultCode = resultCode,
            SessionExpiryInterval = sessionExpiryInterval,
            ReceiveMaximum = receiveMaximum,
            MaximumQoS = maximumQoS,
            RetainAvailable = retain,
            MaximumPacketSize = maximumPacketSize,
            AssignedClientIdentifier = assignedClientIdentifier,
            TopicAliasMaximum = topicAliasMaximum,
            ReasonString = reasonString,
            WildcardSubscriptionAvailable = wildcard,
            SubscriptionIdentifiersAvailable = identifiers,
            SharedSubscriptionAvailable = shared,
            ServerKeepAlive = serverKeepAlive,
            ResponseInformation = responseInformation,
            ServerReference = serverReference,
            AuthenticationMethod = authenticationMethod,
            AuthenticationData = authenticationData,
            UserProperties = properties.UserProperties,
        };
    }

    private static MqttQualityOfServiceLevel ReadMaximumQoS(byte value) =>
        value <= 1
            ? (MqttQualityOfServiceLevel)value
            : throw new MqttProtocolViolationException($"ConnAck: maximum QoS is {value}; 0 and 1 are allowed.");
}
