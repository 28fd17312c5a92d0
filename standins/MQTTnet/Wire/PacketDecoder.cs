using MQTTnet.Exceptions;
using MQTTnet.Protocol;

namespace MQTTnet.Wire;

/// <summary>Reads every packet a server sends but CONNACK and PUBLISH.</summary>
internal static class PacketDecoder
{
    /// <summary>Section 2.1.3: a reserved flag with another value makes the packet malformed.</summary>
    public static void ThrowIfFlagsAreWrong(RawPacket packet)
    {
        var flags = packet.FirstByte & 15;
        var expected = packet.Type == PacketType.PubRel ? 2 : 0;
        if (packet.Type == PacketType.Publish || flags == expected)
            return;
        throw new MqttProtocolViolationException(
            $"{packet.Type}: the fixed header's flags are {flags} but must be {expected} [MQTT-2.1.3-1].");
    }

    /// <summary>Sections 3.4 to 3.7.</summary>
    public static AckPacket Ack(RawPacket packet)
    {
        var reader = Reader(packet);
        var packetIdentifier = reader.ReadTwoByteInteger();
        if (reader.BytesLeft == 0)
            return new AckPacket(packet.Type, packetIdentifier);
        var reasonCode = reader.ReadByte();

        string? reasonString = null;
        var properties = new PropertyReader(reader);
        while (properties.MoveNext())
        {
            if (properties.Id != PropertyId.ReasonString)
                throw properties.NotAllowedHere();
            reasonString = properties.ReadString();
        }
        return new AckPacket(packet.Type, packetIdentifier, reasonCode, reasonString, properties.UserProperties);
    }

    /// <summary>Sections 3.9 and 3.11: one reason code a topic filter, in their order.</summary>
    public static SubscriptionAckPacket SubscriptionAck(RawPacket packet)
    {
        var reader = Reader(packet);
        var packetIdentifier = reader.ReadTwoByteInteger();

        string? reasonString = null;
        var properties = new PropertyReader(reader);
        while (properties.MoveNext())
        {
            if (properties.Id != PropertyId.ReasonString)
                throw properties.NotAllowedHere();
            reasonString = properties.ReadString();
        }
        return new SubscriptionAckPacket(packetIdentifier, reader.ReadRemaining().ToArray(), reasonString, properties.UserProperties);
    }

    /// <summary>Section 3.14.</summary>
    public static DisconnectPacket Disconnect(RawPacket packet)
    {
        if (packet.Body.Length == 0)
            return new DisconnectPacket(MqttDisconnectReasonCode.NormalDisconnection);
        var reader = Reader(packet);
        var reasonCode = (MqttDisconnectReasonCode)reader.ReadByte();

        string? reasonString = null;
        string? serverReference = null;
        uint sessionExpiryInterval = 0;
        var properties = new PropertyReader(reader);
        while (properties.MoveNext())
        {
            switch (properties.Id)
            {
                case PropertyId.ReasonString: reasonString = properties.ReadString(); break;
                case PropertyId.ServerReference: serverReference = properties.ReadString(); break;
                case PropertyId.SessionExpiryInterval: sessionExpiryInterval = properties.ReadFourBytes(); break;
                default: throw properties.NotAllowedHere();
            }
        }
        return new DisconnectPacket(reasonCode)
        {
            ReasonString = reasonString,
            ServerReference = serverReference,
            SessionExpiryInterval = sessionExpiryInterval,
            UserProperties = properties.UserProperties,
        };
    }

    public static PacketReader Reader(RawPacket packet) => new(packet.Type, packet.Body);
}
