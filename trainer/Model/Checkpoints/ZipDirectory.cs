using System.Buffers.Binary;
using System.Text;

namespace Edge.Trainer.Model.Checkpoints;

/// <summary>
/// Finds the entries of a zip file as <c>torch.save</c> writes it: stored without compression, so that every entry is a range of
/// the file. (PKWARE's APPNOTE.TXT 6.3.10, sections 4.3.7 to 4.3.16.)
/// </summary>
internal static class ZipDirectory
{
    private const uint EndSignature = 0x06054b50, WideEndSignature = 0x06064b50, WideLocatorSignature = 0x07064b50;
    private const uint EntrySignature = 0x02014b50, LocalSignature = 0x04034b50;
    private const int EndSize = 22, WideLocatorSize = 20, WideEndSize = 56, EntrySize = 46, LocalSize = 30;
    private const int LongestDirectory = 64 << 20;
    private const ushort WideExtra = 1;

    /// <summary>Reads the directory.</summary>
    /// <exception cref="CheckpointException">The file is no whole zip file, or its entries are compressed or encrypted.</exception>
    public static Dictionary<string, FileRange> Read(string path)
    {
        using var file = File.OpenRead(path);
        var (start, length) = FindDirectory(path, file);
        var directory = ReadAt(path, file, start, length);
        var entries = new Dictionary<string, FileRange>(StringComparer.Ordinal);
        for (var at = 0; at + EntrySize <= directory.Length && U32(directory, at) == EntrySignature;)
        {
            var (nameLength, extraLength, commentLength) = (U16(directory, at + 28), U16(directory, at + 30), U16(directory, at + 32));
            if (at + EntrySize + nameLength + extraLength + commentLength > directory.Length)
                throw Damaged(path, "its directory ends within an entry");
            var name = Encoding.UTF8.GetString(directory, at + EntrySize, nameLength);
            if (U16(directory, at + 10) != 0 || (U16(directory, at + 8) & 1) != 0)
                throw new CheckpointException(
                    $"{path}: {name}", "is compressed or encrypted; torch.save stores it as it is. Save it again with torch.save.");
            var extra = directory.AsSpan(at + EntrySize + nameLength, extraLength);
            var (size, offset) = Sizes(path, directory, at, extra);
            var local = ReadAt(path, file, offset, LocalSize);
            if (U32(local, 0) != LocalSignature)
                throw Damaged(path, $"{name} does not stand at byte {offset}");
            var data = offset + LocalSize + U16(local, 26) + U16(local, 28);
            if (size < 0 || data > file.Length || size > file.Length - data)
                throw Damaged(path, $"{name} reaches beyond the file's {file.Length} bytes");
            entries[name] = new FileRange(path, data, size, U32(directory, at + 16));
            at += EntrySize + nameLength + extraLength + commentLength;
        }
        return entries;
    }

    private static (long Start, long Length) FindDirectory(string path, FileStream file)
    {
        // The end record is the last thing in the file, but for a comment of at most 64 KiB.
        var tailStart = Math.Max(0, file.Length - EndSize - ushort.MaxValue);
        var tail = ReadAt(path, file, tailStart, file.Length - tailStart);
        var end = tail.Length - EndSize;
        while (end >= 0 && U32(tail, end) != EndSignature)
            end--;
        if (end < 0)
            throw Damaged(path, "it has no zip directory at its end");
        long length = U32(tail, end + 12), start = U32(tail, end + 16);
        var locator = end - WideLocatorSize;
        if (locator >= 0 && U32(tail, locator) == WideLocatorSignature)
        {
            var wide = ReadAt(path, file, I64(tail, locator + 8), WideEndSize);
            if (U32(wide, 0) != WideEndSignature)
                throw Damaged(path, "its zip64 directory is not where it should be");
            (length, start) = (I64(wide, 40), I64(wide, 48));
        }
        if (length is < 0 or > LongestDirectory)
            throw Damaged(path, $"its zip directory claims {length} bytes");
        return (start, length);
    }

    private static (long Size, long Offset) Sizes(string path, byte[] directory, int at, ReadOnlySpan<byte> extra)
    {
        long packed = U32(directory, at + 20), size = U32(directory, at + 24), offset = U32(directory, at + 42);
        while (extra.Length >= 4)
        {
            var (id, length) = (BinaryPrimitives.ReadUInt16LittleEndian(extra), BinaryPrimitives.ReadUInt16LittleEndian(extra[2..]));
            if (length > extra.Length - 4)
                break;
            if (id == WideExtra)
            {
                var wide = extra.Slice(4, length);
                size = Wide(size, ref wide);
                packed = Wide(packed, ref wide);
                offset = Wide(offset, ref wide);
            }
            extra = extra[(4 + length)..];
        }
        return packed == size ? (size, offset) : throw Damaged(path, "an entry has two sizes");
    }

    // The extra field holds only those numbers whose 32 bits are all set.
    private static long Wide(long value, ref ReadOnlySpan<byte> wide)
    {
        if (value != uint.MaxValue || wide.Length < 8)
            return value;
        value = BinaryPrimitives.ReadInt64LittleEndian(wide);
        wide = wide[8..];
        return value;
    }

    private static byte[] ReadAt(string path, FileStream file, long start, long length)
    {
        if (start < 0 || start > file.Length || length > file.Length - start)
            throw Damaged(path, $"{length} bytes from {start} on are needed, the file has {file.Length}");
        var bytes = new byte[length];
        file.Position = start;
        file.ReadExactly(bytes);
        return bytes;
    }

    private static ushort U16(byte[] bytes, int at) => BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(at));

    private static uint U32(byte[] bytes, int at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(at));

    private static long I64(byte[] bytes, int at) => BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(at));

    private static CheckpointException Damaged(string path, string what) =>
        new(path, $"{what}. The file is damaged or not whole; copy or download it again.");
}
