namespace TorchSharp.Utils;

/// <summary>Numbers in groups of seven bits, lowest first; the high bit says that more follow.</summary>
public static class LEB128Codec
{
    public static void Encode(this BinaryWriter writer, long value)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(value);
        while (value > 0x7f)
        {
            writer.Write((byte)((value & 0x7f) | 0x80));
            value >>= 7;
        }
        writer.Write((byte)value);
    }

    public static long Decode(this BinaryReader reader)
    {
        var result = 0L;
        for (var shift = 0; ; shift += 7)
        {
            long part = reader.ReadByte();
            result += (part & 0x7f) << shift;
            if ((part & 0x80) == 0)
                return result;
        }
    }
}
