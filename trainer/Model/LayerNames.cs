using System.Globalization;

namespace Edge.Trainer.Model;

/// <summary>Where a parameter or module stands in the model, by its name.</summary>
internal static class LayerNames
{
    private const string Layer = "encoder.layer.";

    /// <summary>Number of the encoder layer; -1 for the embeddings, <c>int.MaxValue</c> for what reads the last layer.</summary>
    public static int LayerOf(string name)
    {
        if (name.StartsWith("embeddings", StringComparison.Ordinal))
            return -1;
        if (!name.StartsWith(Layer, StringComparison.Ordinal))
            return int.MaxValue;
        var end = name.IndexOf('.', Layer.Length);
        return int.Parse(end < 0 ? name.AsSpan(Layer.Length) : name.AsSpan(Layer.Length, end - Layer.Length), CultureInfo.InvariantCulture);
    }
}
