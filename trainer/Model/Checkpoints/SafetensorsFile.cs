using System.Buffers.Binary;
using System.Text.Json;

namespace Edge.Trainer.Model.Checkpoints;

/// <summary>
/// Opens a file in the safetensors format (huggingface.co/docs/safetensors): length of the header (UInt64, little endian), JSON
/// header with type, shape and byte range of each tensor, values. Nothing in it is trusted: the ranges must follow each other
/// without gap or overlap from the header to the end of the file, as the format demands, so that no shortened file passes.
/// </summary>
internal static class SafetensorsFile
{
    private const int LongestHeader = 100_000_000; // the format's own limit
    private const string Damaged = "The file is damaged or not whole; copy or download it again.";

    /// <summary>Reads the header.</summary>
    /// <returns>Tensors by name.</returns>
    /// <exception cref="CheckpointException">The file breaks the format.</exception>
    public static Dictionary<string, StoredTensor> Open(string path)
    {
        using var file = File.OpenRead(path);
        Span<byte> length = stackalloc byte[8];
        if (file.ReadAtLeast(length, 8, throwOnEndOfStream: false) < 8)
            throw new CheckpointException(
                path, $"has {file.Length} bytes; a safetensors file starts with the 8 bytes of its header's length. {Damaged}");
        LargeFilePointer.Refuse(path, length);
        var headerLength = BinaryPrimitives.ReadUInt64LittleEndian(length);
        if (headerLength > LongestHeader || headerLength > (ulong)(file.Length - 8))
            throw new CheckpointException(path,
                $"the header claims {headerLength} bytes, the file has {file.Length}; at most {LongestHeader} within the file are " +
                $"allowed. {Damaged}");
        var header = new byte[headerLength];
        file.ReadExactly(header);

        var dataStart = 8 + (long)headerLength;
        var ranges = new List<(string Name, long From, long To)>();
        var tensors = new Dictionary<string, StoredTensor>(StringComparer.Ordinal);
        foreach (var entry in JsonText.ParseObject($"{path}: the header", header).EnumerateObject())
        {
            if (entry.Name == "__metadata__")
                continue;
            var place = $"{path}: {entry.Name}";
            var (type, shape, from, to) = ReadEntry(place, entry.Value);
            if (from < 0 || to < from || to > file.Length - dataStart)
                throw new CheckpointException(
                    place, $"bytes {from} to {to} do not lie within the file's {file.Length - dataStart} bytes of values. {Damaged}");
            if (!tensors.TryAdd(entry.Name, StoredTensor.Dense(place, type, new FileRange(path, dataStart + from, to - from), shape)))
                throw new CheckpointException(place, "stands twice in the header; every name may stand once.");
            ranges.Add((entry.Name, from, to));
        }
        CheckRanges(path, ranges, file.Length - dataStart);
        return tensors;
    }

    private static (ElementType Type, long[] Shape, long From, long To) ReadEntry(string place, JsonElement entry)
    {
        try
        {
            var type = entry.GetProperty("dtype").GetString();
            long[] shape = [.. entry.GetProperty("shape").EnumerateArray().Select(size => size.GetInt64())];
            long[] range = [.. entry.GetProperty("data_offsets").EnumerateArray().Select(offset => offset.GetInt64())];
            if (range.Length != 2)
                throw new CheckpointException(place, $"data_offsets has {range.Length} numbers; it needs 2, first byte and end. {Damaged}");
            // Not Enum.TryParse alone: it takes numbers.
            if (!Enum.TryParse<ElementType>(type, out var known) || known.ToString() != type)
                throw new CheckpointException(place, $"is of type {type}; known are {string.Join(", ", Enum.GetNames<ElementType>())}.");
            return (known, shape, range[0], range[1]);
        }
        catch (Exception failure) when (failure is KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new CheckpointException(place, $"needs dtype, shape and data_offsets: {failure.Message} {Damaged}", failure);
        }
    }

    private static void CheckRanges(string path, List<(string Name, long From, long To)> ranges, long length)
    {
        var end = 0L;
        foreach (var (name, from, to) in ranges.OrderBy(range => range.From).ThenBy(range => range.To))
        {
            if (from != end)
                throw new CheckpointException(
                    $"{path}: {name}", $"starts at byte {from}, the tensor before it ends at {end}; tensors follow each other. {Damaged}");
            end = to;
        }
        if (end != length)
            throw new CheckpointException(path, $"the header tells of {end} bytes of values, the file has {length}. {Damaged}");
    }
}
