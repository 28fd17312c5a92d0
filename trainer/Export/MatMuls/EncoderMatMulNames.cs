using Edge.Trainer.Model;

namespace Edge.Trainer.Export.MatMuls;

/// <summary>Names of the encoder's MatMuls that 8-bit files may keep in floats. Query, key and value are one: they read the same.</summary>
internal static class EncoderMatMulNames
{
    private static readonly string[] OfALayer = ["attention/self", "attention/output/dense", "intermediate/dense", "output/dense"];
    private static readonly string[] Together = [".query", ".key", ".value"];

    /// <summary>All of a student, layer by layer in the order in which they are computed.</summary>
    public static IReadOnlyList<string> All(BertConfig config) =>
        [.. Enumerable.Range(0, config.Layers).SelectMany(layer => OfALayer.Select(product => $"encoder/layer/{layer}/{product}"))];

    /// <summary>The MatMul that a matrix takes part in.</summary>
    /// <param name="matrix">Its name, such as <c>encoder.layer.0.attention.self.query.weight</c>.</param>
    public static string Of(string matrix)
    {
        var name = matrix[..^".weight".Length];
        var part = Together.FirstOrDefault(part => name.EndsWith(part, StringComparison.Ordinal));
        return name[..^(part?.Length ?? 0)].Replace('.', '/');
    }
}
