using System.Buffers.Binary;
using System.Text;
using MQTTnet.Exceptions;

namespace MQTTnet.Wire;

/// <summary>Writes the data representations of MQTT 5 section 1.5 into a growing buffer.</summary>
internal sealed class PacketWriter(int capacity = 256)
{
    private const int MaximumTextLength = 65_535;

    private byte[] _buffer = new byte[capacity];
    private int _length;

    public int Length => _length;

    public ReadOnlyMemory<byte> Written => _buffer.AsMemory(0, _length);

    public void WriteByte(byte value) => Take(1)[0] = value;

    /// <summary>Section 1.5.2.</summary>
    public void WriteTwoByteInteger(ushort value) => BinaryPrimitives.WriteUInt16BigEndian(Take(2), value);

    /// <summary>Section 1.5.3.</summary>
    public void WriteFourByteInteger(uint value) => BinaryPrimitives.WriteUInt32BigEndian(Take(4), value);

    /// <summary>Section 1.5.4: two bytes of length, then UTF-8.</summary>
    public void WriteString(string? value)
    {
        var byteCount = Encoding.UTF8.GetByteCount(value ?? "");
        WriteLength(byteCount, "text");
        Encoding.UTF8.GetBytes(value ?? "", Take(byteCount));
    }

    /// <summary>Section 1.5.5: seven bits a byte, the lowest first.</summary>
    public void WriteVariableByteInteger(uint value)
    {
        MqttProtocolViolationException.ThrowIfVariableByteIntegerExceedsLimit(value);
        do
        {
            var lowest = (byte)(value & 127);
            value >>= 7;
            WriteByte(value > 0 ? (byte)(lowest | 128) : lowest);
        }
        while (value > 0);
    }

    /// <summary>Section 1.5.6: two bytes of length, then the bytes.</summary>
    public void WriteBinary(ReadOnlySpan<byte> value)
    {
        WriteLength(value.Length, "binary data");
        WriteBytes(value);
    }

    public void WriteBytes(ReadOnlySpan<byte> value) => value.CopyTo(Take(value.Length));

    /// <summary>Section 2.2.2: the properties' length, then the properties.</summary>
    public void WriteProperties(PropertyWriter properties)
    {
        WriteVariableByteInteger((uint)properties.Content.Length);
        WriteBytes(properties.Content.Written.Span);
    }

    private void WriteLength(int length, string what)
    {
        if (length > MaximumTextLength)
            throw new MqttProtocolViolationException($"The maximum length of {what} is {MaximumTextLength} bytes, this one has {length}.");
        WriteTwoByteInteger((ushort)length);
    }

    private Span<byte> Take(int count)
    {
        if (_buffer.Length - _length < count)
            Array.Resize(ref _buffer, Math.Max(_length + count, _buffer.Length * 2));
        var span = _buffer.AsSpan(_length, count);
        _length += count;
        return span;
    }
}
