using MQTTnet.Exceptions;
using MQTTnet.Packets;

namespace MQTTnet.Wire;

/// <summary>Walks the properties of a packet (MQTT 5 section 2.2.2); user properties are collected on the way.</summary>
internal sealed class PropertyReader
{
    private readonly PacketReader _packet;
    private readonly int _end;

    public PropertyReader(PacketReader packet)
    {
        _packet = packet;
        // A reason code at the end of a packet may stand without the property length (section 3.4.2.2.1 and others).
        var length = packet.BytesLeft == 0 ? 0 : packet.ReadVariableByteInteger();
        if (length > packet.BytesLeft)
            throw new MqttProtocolViolationException($"{packet.Type}: properties of {length} bytes, but only {packet.BytesLeft} are left.");
        _end = packet.Position + (int)length;
    }

    public List<MqttUserProperty>? UserProperties { get; private set; }

    public PropertyId Id { get; private set; }

    public bool MoveNext()
    {
        while (_packet.Position < _end)
        {
            Id = (PropertyId)_packet.ReadByte();
            if (Id != PropertyId.UserProperty)
                return true;
            var name = _packet.ReadString();
            (UserProperties ??= []).Add(new MqttUserProperty(name, _packet.ReadBinary().AsMemory()));
        }
        if (_packet.Position > _end)
            throw new MqttProtocolViolationException($"{_packet.Type}: the last property is longer than the properties.");
        return false;
    }

    public bool ReadFlag() => _packet.ReadByte() == 1;

    public byte ReadByte() => _packet.ReadByte();

    public ushort ReadTwoBytes() => _packet.ReadTwoByteInteger();

    public uint ReadFourBytes() => _packet.ReadFourByteInteger();

    public uint ReadVariable() => _packet.ReadVariableByteInteger();

    public string ReadString() => _packet.ReadString();

    public byte[] ReadBinary() => _packet.ReadBinary();

    public MqttProtocolViolationException NotAllowedHere() =>
        new($"{_packet.Type}: property {(int)Id} ({Id}) is not allowed in this packet.");
}
