namespace Edge.Trainer.Model;

/// <summary>The named sizes.</summary>
internal static class ModelSizes
{
    /// <summary>Teachers: <c>base</c> is BERT-base, for a GPU or a night.</summary>
    public static IReadOnlyDictionary<string, ModelSize> Teachers { get; } = new Dictionary<string, ModelSize>(StringComparer.Ordinal)
    {
        ["tiny"] = new(256, 2, 1024, 4),
        ["small"] = new(312, 4, 1200, 12),
        ["base"] = new(768, 12, 3072, 12),
    };

    /// <summary>Students. In a budget of minutes <c>tiny</c> trains 2.5 times as many epochs, and is as good.</summary>
    public static IReadOnlyDictionary<string, ModelSize> Students { get; } = new Dictionary<string, ModelSize>(StringComparer.Ordinal)
    {
        ["tiny"] = new(256, 2, 1024, 4),
        ["small"] = new(312, 4, 1200, 12),
    };
}
