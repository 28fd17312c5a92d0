using MQTTnet.Packets;
using MQTTnet.Protocol;

namespace MQTTnet.Wire;

/// <summary>A packet as it came: its first byte and the bytes after the remaining length. The body belongs to this packet alone.</summary>
internal readonly record struct RawPacket(byte FirstByte, ReadOnlyMemory<byte> Body)
{
    public PacketType Type => (PacketType)(FirstByte >> 4);
}

/// <summary>A received PUBLISH (MQTT 5 section 3.3).</summary>
internal sealed record PublishPacket(ushort PacketIdentifier, MqttApplicationMessage Message);

/// <summary>PUBACK, PUBREC, PUBREL and PUBCOMP, which have one form (MQTT 5 sections 3.4 to 3.7).</summary>
internal sealed record AckPacket(
    PacketType Type,
    ushort PacketIdentifier,
    byte ReasonCode = 0,
    string? ReasonString = null,
    List<MqttUserProperty>? UserProperties = null);

/// <summary>SUBACK and UNSUBACK (MQTT 5 sections 3.9 and 3.11).</summary>
internal sealed record SubscriptionAckPacket(
    ushort PacketIdentifier,
    byte[] ReasonCodes,
    string? ReasonString,
    List<MqttUserProperty>? UserProperties);

/// <summary>A received DISCONNECT (MQTT 5 section 3.14).</summary>
internal sealed record DisconnectPacket(MqttDisconnectReasonCode ReasonCode)
{
    public string? ReasonString { get; init; }

    public string? ServerReference { get; init; }

    public uint SessionExpiryInterval { get; init; }

    public List<MqttUserProperty>? UserProperties { get; init; }
}
