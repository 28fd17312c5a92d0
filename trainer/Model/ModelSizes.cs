namespace Edge.Trainer.Model;

/// <summary>The named sizes, the same for teachers, students and models alone.</summary>
internal static class ModelSizes
{
    /// <summary>
    /// All of them. <c>micro</c> learns most where everything starts from scratch within minutes: it trains three times as many
    /// epochs as <c>tiny</c> in the same time. <c>tiny</c> has TinyBERT's sizes and <c>small</c> MiniLM's: room for what a larger teacher
    /// knows. <c>base</c> is BERT-base, for a GPU or a night.
    /// </summary>
    public static IReadOnlyDictionary<string, ModelSize> All { get; } = new Dictionary<string, ModelSize>(StringComparer.Ordinal)
    {
        ["micro"] = new(256, 2, 1024, 4),
        ["tiny"] = new(312, 4, 1200, 12),
        ["small"] = new(384, 6, 1536, 12),
        ["base"] = new(768, 12, 3072, 12),
    };

    /// <summary>What may be written for a size.</summary>
    public static string Known { get; } = $"{string.Join(", ", All.Keys)}, or {ModelSize.Form}";
}
