using System.Buffers;
using MQTTnet.Exceptions;
using MQTTnet.Protocol;

namespace MQTTnet.Wire;

/// <summary>Reads PUBLISH (MQTT 5 section 3.3).</summary>
internal static class PublishDecoder
{
    public static PublishPacket Publish(RawPacket packet)
    {
        // Section 3.3.1: retain 0, QoS 1 and 2, duplicate 3.
        var qualityOfService = (packet.FirstByte >> 1) & 3;
        if (qualityOfService == 3)
            throw new MqttProtocolViolationException("Publish: QoS 3 does not exist [MQTT-3.3.1-4].");
        var message = new MqttApplicationMessage
        {
            Retain = (packet.FirstByte & 1) != 0,
            QualityOfServiceLevel = (MqttQualityOfServiceLevel)qualityOfService,
            Dup = (packet.FirstByte & 8) != 0,
        };

        var reader = PacketDecoder.Reader(packet);
        message.Topic = reader.ReadString();
        var packetIdentifier = qualityOfService == 0 ? (ushort)0 : reader.ReadTwoByteInteger();
        if (qualityOfService != 0 && packetIdentifier == 0)
            throw new MqttProtocolViolationException("Publish: packet identifier 0 [MQTT-2.2.1-3].");

        var properties = new PropertyReader(reader);
        while (properties.MoveNext())
        {
            switch (properties.Id)
            {
                case PropertyId.PayloadFormatIndicator:
                    message.PayloadFormatIndicator = (MqttPayloadFormatIndicator)properties.ReadByte();
                    break;
                case PropertyId.MessageExpiryInterval: message.MessageExpiryInterval = properties.ReadFourBytes(); break;
                case PropertyId.TopicAlias: message.TopicAlias = properties.ReadTwoBytes(); break;
                case PropertyId.ResponseTopic: message.ResponseTopic = properties.ReadString(); break;
                case PropertyId.CorrelationData: message.CorrelationData = properties.ReadBinary(); break;
                case PropertyId.SubscriptionIdentifier: (message.SubscriptionIdentifiers ??= []).Add(properties.ReadVariable()); break;
                case PropertyId.ContentType: message.ContentType = properties.ReadString(); break;
                default: throw properties.NotAllowedHere();
            }
        }
        message.UserProperties = properties.UserProperties;
        // The body belongs to this packet, so the payload may stay where it is.
        message.Payload = new ReadOnlySequence<byte>(packet.Body[reader.Position..]);
        return new PublishPacket(packetIdentifier, message);
    }
}
