using System.Buffers.Binary;
using System.Text;
using MQTTnet.Exceptions;

namespace MQTTnet.Wire;

/// <summary>Reads the data representations of MQTT 5 section 1.5; what is not there is a protocol violation.</summary>
internal sealed class PacketReader(PacketType type, ReadOnlyMemory<byte> bytes)
{
    public PacketType Type => type;

    public int Position { get; private set; }

    public int BytesLeft => bytes.Length - Position;

    public byte ReadByte() => Take(1)[0];

    /// <summary>Section 1.5.2.</summary>
    public ushort ReadTwoByteInteger() => BinaryPrimitives.ReadUInt16BigEndian(Take(2));

    /// <summary>Section 1.5.3.</summary>
    public uint ReadFourByteInteger() => BinaryPrimitives.ReadUInt32BigEndian(Take(4));

    /// <summary>Section 1.5.4.</summary>
    public string ReadString() => Encoding.UTF8.GetString(Take(ReadTwoByteInteger()));

    /// <summary>Section 1.5.5.</summary>
    public uint ReadVariableByteInteger()
    {
        uint value = 0;
        for (var shift = 0; shift <= 21; shift += 7)
        {
            var next = ReadByte();
            value |= (uint)(next & 127) << shift;
            if ((next & 128) == 0)
                return value;
        }
        throw new MqttProtocolViolationException($"{type}: variable length integer is invalid, more than four bytes.");
    }

    /// <summary>Section 1.5.6.</summary>
    public byte[] ReadBinary() => Take(ReadTwoByteInteger()).ToArray();

    public ReadOnlySpan<byte> ReadRemaining() => Take(BytesLeft);

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count > BytesLeft)
        {
            throw new MqttProtocolViolationException(
                $"{type}: expected {count} bytes at {Position} but only {BytesLeft} are left of {bytes.Length}.");
        }
        var span = bytes.Span.Slice(Position, count);
        Position += count;
        return span;
    }
}
