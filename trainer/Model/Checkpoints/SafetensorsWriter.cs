using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Edge.Trainer.Model.Checkpoints;

/// <summary>
/// Writes weights in the safetensors format (huggingface.co/docs/safetensors): length of the header (UInt64, little endian),
/// JSON header with type, shape and byte range of each tensor, then the values.
/// </summary>
internal static class SafetensorsWriter
{
    /// <summary>Writes a file; names in ordinal order, so that the same weights give the same bytes.</summary>
    public static void Write(string path, ModelWeights weights)
    {
        var names = weights.Keys.Order(StringComparer.Ordinal).ToArray();
        using var header = new MemoryStream();
        using (var json = new Utf8JsonWriter(header))
        {
            json.WriteStartObject();
            json.WriteStartObject("__metadata__");
            json.WriteString("format", "pt"); // readers that load into PyTorch look for this
            json.WriteEndObject();
            long start = 0;
            foreach (var name in names)
            {
                var end = start + ((long)weights[name].Values.Length * sizeof(float));
                json.WriteStartObject(name);
                json.WriteString("dtype", "F32");
                WriteNumbers(json, "shape", weights[name].Shape.Select(size => (long)size));
                WriteNumbers(json, "data_offsets", [start, end]);
                json.WriteEndObject();
                start = end;
            }
            json.WriteEndObject();
        }
        while (header.Length % 8 != 0)
            header.WriteByte((byte)' '); // the values start aligned

        using var file = File.Create(path);
        Span<byte> length = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)header.Length);
        file.Write(length);
        header.WriteTo(file);
        foreach (var name in names)
            file.Write(MemoryMarshal.AsBytes(weights[name].Values.AsSpan()));
    }

    private static void WriteNumbers(Utf8JsonWriter json, string name, IEnumerable<long> numbers)
    {
        json.WriteStartArray(name);
        foreach (var number in numbers)
            json.WriteNumberValue(number);
        json.WriteEndArray();
    }
}
