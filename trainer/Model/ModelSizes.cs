namespace Edge.Trainer.Model;

/// <summary>The named sizes.</summary>
internal static class ModelSizes
{
    /// <summary>
    /// Teachers: <c>small</c> for CPU cores, of the tiny student's shape, so that one pretraining serves both; <c>base</c> is
    /// BERT-base, for a GPU or a night.
    /// </summary>
    public static IReadOnlyDictionary<string, ModelSize> Teachers { get; } = new Dictionary<string, ModelSize>(StringComparer.Ordinal)
    {
        ["small"] = new(312, 4, 1200, 12),
        ["base"] = new(768, 12, 3072, 12),
    };

    /// <summary>Students: <c>tiny</c> answers in about a millisecond; <c>small</c> takes twice as long.</summary>
    public static IReadOnlyDictionary<string, ModelSize> Students { get; } = new Dictionary<string, ModelSize>(StringComparer.Ordinal)
    {
        ["tiny"] = new(312, 4, 1200, 12),
        ["small"] = new(384, 6, 1536, 12),
    };
}
