using Microsoft.Win32.SafeHandles;

namespace Edge.Trainer.Model.Checkpoints;

/// <summary>CRC-32 as zip files have it (polynomial 0xEDB88320, reflected), eight bytes a step.</summary>
internal static class Checksums
{
    private static readonly uint[][] Tables = CreateTables();

    /// <summary>Checksum of a part of a file.</summary>
    public static uint Crc32(SafeFileHandle handle, long start, long length)
    {
        var buffer = new byte[1 << 20];
        var crc = uint.MaxValue;
        while (length > 0)
        {
            var read = RandomAccess.Read(handle, buffer.AsSpan(0, (int)Math.Min(buffer.Length, length)), start);
            if (read == 0)
                break; // a file that has become shorter has another checksum
            crc = Update(crc, buffer.AsSpan(0, read));
            start += read;
            length -= read;
        }
        return ~crc;
    }

    /// <summary>Checksum of some bytes.</summary>
    public static uint Crc32(ReadOnlySpan<byte> bytes) => ~Update(uint.MaxValue, bytes);

    // "Slicing by 8", Kounavis and Berry 2005: a table for each byte of eight.
    private static uint Update(uint crc, ReadOnlySpan<byte> bytes)
    {
        for (; bytes.Length >= 8; bytes = bytes[8..])
        {
            crc ^= BitConverter.ToUInt32(bytes);
            crc = Tables[7][crc & 0xFF] ^ Tables[6][(crc >> 8) & 0xFF] ^ Tables[5][(crc >> 16) & 0xFF] ^ Tables[4][crc >> 24]
                ^ Tables[3][bytes[4]] ^ Tables[2][bytes[5]] ^ Tables[1][bytes[6]] ^ Tables[0][bytes[7]];
        }
        foreach (var value in bytes)
            crc = Tables[0][(crc ^ value) & 0xFF] ^ (crc >> 8);
        return crc;
    }

    private static uint[][] CreateTables()
    {
        var tables = new uint[8][];
        tables[0] = new uint[256];
        for (var i = 0u; i < 256; i++)
        {
            var crc = i;
            for (var bit = 0; bit < 8; bit++)
                crc = (crc & 1) == 0 ? crc >> 1 : (crc >> 1) ^ 0xEDB88320;
            tables[0][i] = crc;
        }
        for (var table = 1; table < 8; table++)
            tables[table] = Array.ConvertAll(tables[table - 1], crc => tables[0][crc & 0xFF] ^ (crc >> 8));
        return tables;
    }
}
