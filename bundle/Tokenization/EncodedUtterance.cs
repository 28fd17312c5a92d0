namespace Edge.Bundles.Tokenization;

/// <summary>An utterance as the model reads it. All arrays have one element a token.</summary>
public sealed class EncodedUtterance
{
    /// <summary>Vocabulary ids: <c>[CLS] utterance [SEP]</c> or <c>[CLS] context [SEP] utterance [SEP]</c>.</summary>
    public required int[] Ids { get; init; }

    /// <summary>Segment of each token: 0, or 1 for the utterance (and its [SEP]) behind a context.</summary>
    public required int[] TypeIds { get; init; }

    /// <summary>Where each utterance token stands in the utterance's text; (0,0) for special and context tokens.</summary>
    public required SourceSpan[] Offsets { get; init; }

    /// <summary>Index of the utterance's first token.</summary>
    public required int TextStart { get; init; }

    /// <summary>Number of the utterance's tokens.</summary>
    public required int TextCount { get; init; }

    /// <summary>True where tokens of the utterance were cut to fit the maximum length.</summary>
    public required bool Truncated { get; init; }

    /// <summary>
    /// True for a token that no entity may part from the token before it: a further piece of a run of digits, of a run of letters
    /// of a script that puts spaces between words, or of one source character. Empty where no token is.
    /// </summary>
    public bool[] Joined { get; init; } = [];

    /// <summary>Number of tokens, special ones included.</summary>
    public int Length => Ids.Length;

    /// <summary>The same for what reads tokens, wherever they lie.</summary>
    public TokenView ToTokenView() => new()
    {
        Ids = Ids, TypeIds = TypeIds, Offsets = Offsets, Joined = Joined, TextStart = TextStart, TextCount = TextCount,
        Truncated = Truncated,
    };

    /// <summary>As <see cref="ToTokenView"/>.</summary>
    /// <param name="encoded">The utterance.</param>
    public static implicit operator TokenView(EncodedUtterance encoded)
    {
        ArgumentNullException.ThrowIfNull(encoded);
        return encoded.ToTokenView();
    }
}
