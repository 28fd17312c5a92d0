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

    /// <summary>Every size under one name; the students' where a name is theirs too.</summary>
    public static IReadOnlyDictionary<string, ModelSize> All { get; } =
        Students.Concat(Teachers.Where(size => !Students.ContainsKey(size.Key))).ToDictionary(StringComparer.Ordinal);

    /// <summary>What may be written for a size.</summary>
    public static string Known(IReadOnlyDictionary<string, ModelSize> names) => $"{string.Join(", ", names.Keys)}, or {ModelSize.Form}";

    /// <summary>What is wrong with a size.</summary>
    public static string Problem(string option, string size, IReadOnlyDictionary<string, ModelSize> names) =>
        $"{option} is {size}; use {Known(names)}, " +
        "width 16 to 1024 in steps of 16 or a multiple of the heads that are named, 1 to 24 layers, feed-forward 16 to 4096, for example 256x4x1024 or 312x2x1200x12";
}
