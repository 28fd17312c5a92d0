namespace Edge.Bundles.Masking;

/// <summary>
/// A text whose personal data were replaced by substitutes of the same form. "seven" for "one" changes the length, so places of
/// the original are looked up.
/// </summary>
public sealed record MaskedText
{
    /// <summary>The masked text.</summary>
    public required string Text { get; init; }

    /// <summary>What was replaced, in text order, not overlapping; places in the original.</summary>
    public required IReadOnlyList<MaskedItem> Items { get; init; }

    // For each place of the original, its end included, the one in the masked text; null: all are the same.
    internal int[]? Places { get; init; }

    /// <summary>The place in the masked text that a place of the original became: the end of an item the end of its substitute.</summary>
    public int Place(int original) => Places is null ? original : Places[original];

    /// <summary>The same, for the two ends of a span.</summary>
    public (int Start, int End) Place(int start, int end) => (Place(start), Place(end));
}
