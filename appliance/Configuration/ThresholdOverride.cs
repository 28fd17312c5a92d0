namespace Edge.Appliance.Configuration;

/// <summary>A threshold of the configuration, which counts instead of the bundle's.</summary>
/// <param name="Place">Where it was set.</param>
/// <param name="Key">Its key, for messages.</param>
/// <param name="Head">Name of a head, or <see cref="OutOfScope"/>.</param>
/// <param name="Label">Label of the head; <c>null</c>: all that have none of their own.</param>
/// <param name="Value">Confidence from which an answer is accepted, 0 to 1.</param>
internal sealed record ThresholdOverride(string Place, string Key, string Head, string? Label, float Value)
{
    /// <summary>Section of the configuration.</summary>
    public const string Section = "Thresholds";

    /// <summary>What stands for all labels of a head.</summary>
    public const string AllLabels = "*";

    /// <summary>What stands in place of a head: the score from which an utterance belongs to no intent.</summary>
    public const string OutOfScope = "outOfScope";

    /// <summary>Whether a setting is one.</summary>
    public static bool IsKey(string key) => key.StartsWith(Section + ":", StringComparison.OrdinalIgnoreCase);
}
