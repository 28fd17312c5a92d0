using Edge.Bundles.Decoding;
using Edge.Bundles.Tasks;

namespace Edge.Appliance.Analysis;

/// <summary>What the bundle says of one utterance.</summary>
internal sealed record AnalyzedUtterance
{
    /// <summary>The text that was analysed; spans point into it.</summary>
    public required string Text { get; init; }

    /// <summary>The heads, in the task's order.</summary>
    public required IReadOnlyList<HeadDefinition> Heads { get; init; }

    /// <summary>One prediction a head, in the same order.</summary>
    public required IReadOnlyList<HeadPrediction> Predictions { get; init; }

    /// <summary>For each head, whether its confidence reached the bundle's threshold.</summary>
    public required IReadOnlyList<bool> Accepted { get; init; }

    /// <summary>Whether tokens were cut because the text is longer than the model reads.</summary>
    public required bool Truncated { get; init; }

    /// <summary>Whether a person should look at it.</summary>
    public bool IsUncertain => Accepted.Contains(false);
}
