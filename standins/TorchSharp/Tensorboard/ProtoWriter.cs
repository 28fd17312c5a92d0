using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace TorchSharp.Utils;

/// <summary>
/// The few wire forms of Protocol Buffers that TensorBoard's events need.
/// <see href="https://protobuf.dev/programming-guides/encoding/"/>
/// </summary>
internal sealed class ProtoWriter
{
    private const int Varint = 0;
    private const int Fixed64 = 1;
    private const int Length = 2;
    private const int Fixed32 = 5;

    private readonly ArrayBufferWriter<byte> _bytes = new();

    internal byte[] ToArray() => _bytes.WrittenSpan.ToArray();

    internal ProtoWriter Integer(int field, long value)
    {
        Tag(field, Varint);
        Number((ulong)value);
        return this;
    }

    internal ProtoWriter Double(int field, double value)
    {
        Tag(field, Fixed64);
        Span<byte> buffer = stackalloc byte[8];
        BinaryPrimitives.WriteDoubleLittleEndian(buffer, value);
        _bytes.Write(buffer);
        return this;
    }

    internal ProtoWriter Float(int field, float value)
    {
        Tag(field, Fixed32);
        Span<byte> buffer = stackalloc byte[4];
        BinaryPrimitives.WriteSingleLittleEndian(buffer, value);
        _bytes.Write(buffer);
        return this;
    }

    internal ProtoWriter Text(int field, string value) => Bytes(field, Encoding.UTF8.GetBytes(value));

    internal ProtoWriter Message(int field, ProtoWriter value) => Bytes(field, value.ToArray());

    internal ProtoWriter Doubles(int field, IReadOnlyList<double> values)
    {
        var packed = new byte[values.Count * 8];
        for (var i = 0; i < values.Count; i++)
            BinaryPrimitives.WriteDoubleLittleEndian(packed.AsSpan(i * 8), values[i]);
        return Bytes(field, packed);
    }

    private ProtoWriter Bytes(int field, byte[] value)
    {
        Tag(field, Length);
        Number((ulong)value.Length);
        _bytes.Write(value);
        return this;
    }

    private void Tag(int field, int wire) => Number((ulong)((field << 3) | wire));

    private void Number(ulong value)
    {
        for (; value > 0x7f; value >>= 7)
            _bytes.Write([(byte)(value | 0x80)]);
        _bytes.Write([(byte)value]);
    }
}
