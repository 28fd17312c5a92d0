using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Json;
using Edge.Trainer.Export;

namespace Edge.Trainer.Model;

/// <summary>Reads F32 weights in the safetensors format. Nothing in the file is trusted: every size is checked against its length.</summary>
internal static class SafetensorsReader
{
    private const int LongestHeader = 100_000_000; // the format's own limit

    /// <summary>Reads all tensors of a file.</summary>
    /// <exception cref="InvalidDataException">The file breaks the format, or holds another type than F32.</exception>
    public static ModelWeights Read(string path)
    {
        using var file = File.OpenRead(path);
        Span<byte> length = stackalloc byte[8];
        if (file.ReadAtLeast(length, 8, throwOnEndOfStream: false) < 8)
            throw new InvalidDataException($"{path}: {file.Length} bytes; a safetensors file starts with the 8 bytes of its header's length.");
        var headerLength = BinaryPrimitives.ReadUInt64LittleEndian(length);
        if (headerLength > LongestHeader || headerLength > (ulong)(file.Length - 8))
            throw new InvalidDataException($"{path}: the header claims {headerLength} bytes; the file has {file.Length}.");
        var header = new byte[headerLength];
        file.ReadExactly(header);

        var weights = new Dictionary<string, WeightTensor>(StringComparer.Ordinal);
        using var json = ParseHeader(path, header);
        foreach (var entry in json.RootElement.EnumerateObject())
        {
            if (entry.Name != "__metadata__")
                weights.Add(entry.Name, ReadTensor(path, file, 8 + (long)headerLength, entry));
        }
        return weights;
    }

    private static JsonDocument ParseHeader(string path, byte[] header)
    {
        try
        {
            var json = JsonDocument.Parse(header);
            return json.RootElement.ValueKind == JsonValueKind.Object
                ? json
                : throw new InvalidDataException($"{path}: the header is {json.RootElement.ValueKind}; a safetensors header is an object.");
        }
        catch (JsonException failure)
        {
            throw new InvalidDataException($"{path}: the header is no JSON: {failure.Message}", failure);
        }
    }

    private static WeightTensor ReadTensor(string path, FileStream file, long dataStart, JsonProperty entry)
    {
        string? type;
        int[] shape;
        long[] range;
        try
        {
            type = entry.Value.GetProperty("dtype").GetString();
            shape = [.. entry.Value.GetProperty("shape").EnumerateArray().Select(size => size.GetInt32())];
            range = [.. entry.Value.GetProperty("data_offsets").EnumerateArray().Select(offset => offset.GetInt64())];
        }
        catch (Exception failure) when (failure is KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new InvalidDataException($"{path}: {entry.Name}: needs dtype, shape and data_offsets: {failure.Message}", failure);
        }

        if (type != "F32")
            throw new InvalidDataException($"{path}: {entry.Name} is {type}; only F32 is read here.");
        var count = shape.Aggregate(1L, (product, size) => size < 0 ? -1 : product * size);
        if (range.Length != 2 || range[0] < 0 || count < 0 || range[1] - range[0] != count * sizeof(float) || range[1] > file.Length - dataStart)
            throw new InvalidDataException(
                $"{path}: {entry.Name}: bytes {string.Join(" to ", range)} do not hold [{string.Join(", ", shape)}] within the file's {file.Length}.");

        var values = new float[count];
        file.Position = dataStart + range[0];
        file.ReadExactly(MemoryMarshal.AsBytes(values.AsSpan()));
        return new WeightTensor(values, shape);
    }
}
