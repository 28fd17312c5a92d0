namespace Edge.Bundles.Tokenization;

/// <summary>
/// An utterance as the model reads it, wherever its arrays lie: in an <see cref="EncodedUtterance"/> or in a <see cref="TokenBuffer"/>.
/// </summary>
public readonly ref struct TokenView
{
    /// <summary>As <see cref="EncodedUtterance.Ids"/>.</summary>
    public required ReadOnlySpan<int> Ids { get; init; }

    /// <summary>As <see cref="EncodedUtterance.TypeIds"/>.</summary>
    public required ReadOnlySpan<int> TypeIds { get; init; }

    /// <summary>As <see cref="EncodedUtterance.Offsets"/>.</summary>
    public required ReadOnlySpan<SourceSpan> Offsets { get; init; }

    /// <summary>As <see cref="EncodedUtterance.Joined"/>.</summary>
    public ReadOnlySpan<bool> Joined { get; init; }

    /// <summary>Index of the utterance's first token.</summary>
    public required int TextStart { get; init; }

    /// <summary>Number of the utterance's tokens.</summary>
    public required int TextCount { get; init; }

    /// <summary>True where tokens of the utterance were cut to fit the maximum length.</summary>
    public required bool Truncated { get; init; }

    /// <summary>Number of tokens, special ones included.</summary>
    public int Length => Ids.Length;
}
