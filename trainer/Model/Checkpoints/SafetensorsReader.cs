namespace Edge.Trainer.Model.Checkpoints;

/// <summary>Reads all weights of a file in the safetensors format as single precision.</summary>
internal static class SafetensorsReader
{
    /// <summary>Reads all tensors of a file.</summary>
    /// <exception cref="CheckpointException">The file breaks the format, or holds other types than floating ones.</exception>
    public static ModelWeights Read(string path) => SafetensorsFile.Open(path).ToDictionary(
        entry => entry.Key,
        entry => new WeightTensor(entry.Value.Read($"{path}: {entry.Key}"), [.. entry.Value.Shape.Select(size => checked((int)size))]),
        StringComparer.Ordinal);
}
