namespace Edge.Bundles.Masking;

/// <summary>A text whose personal data were replaced by substitutes of the same form.</summary>
public sealed record MaskedText
{
    /// <summary>The masked text, as long as the original: spans of the original hold in it.</summary>
    public required string Text { get; init; }

    /// <summary>What was replaced, in text order, not overlapping.</summary>
    public required IReadOnlyList<MaskedItem> Items { get; init; }
}
