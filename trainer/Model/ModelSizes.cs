namespace Edge.Trainer.Model;

/// <summary>The named sizes.</summary>
internal static class ModelSizes
{
    /// <summary>Teachers: <c>small</c> for CPU cores; <c>base</c> is BERT-base, for a GPU or a night.</summary>
    public static IReadOnlyDictionary<string, ModelSize> Teachers { get; } = new Dictionary<string, ModelSize>(StringComparer.Ordinal)
    {
        ["small"] = new(312, 4, 1200, 12),
        ["base"] = new(768, 12, 3072, 12),
    };

    /// <summary>
    /// Students. <c>micro</c> learns most where everything starts from scratch within minutes: it trains three times as many
    /// epochs as <c>tiny</c> in the same time. <c>tiny</c> and <c>small</c> have room for what a larger teacher knows.
    /// </summary>
    public static IReadOnlyDictionary<string, ModelSize> Students { get; } = new Dictionary<string, ModelSize>(StringComparer.Ordinal)
    {
        ["micro"] = new(256, 2, 1024, 4),
        ["tiny"] = new(312, 4, 1200, 12),
        ["small"] = new(384, 6, 1536, 12),
    };
}
