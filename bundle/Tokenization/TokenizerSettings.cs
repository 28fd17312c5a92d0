namespace Edge.Bundles.Tokenization;

/// <summary>Settings of BERT's reference tokenizer (Devlin et al. 2019, <c>tokenization.py</c>).</summary>
public sealed record TokenizerSettings
{
    /// <summary>Lower-case the text before WordPiece (<c>do_lower_case</c>).</summary>
    public bool LowerCase { get; init; } = true;

    /// <summary>Remove accents (NFD, then drop Mn). <c>null</c>: as <see cref="LowerCase"/>, like Hugging Face.</summary>
    public bool? StripAccents { get; init; }

    /// <summary>Every Han character is a word of its own (<c>tokenize_chinese_chars</c>).</summary>
    public bool SplitHan { get; init; } = true;

    /// <summary>
    /// Read full-width letters and digits as their half-width forms. Not in BERT's tokenizer: a model must have learned with it.
    /// </summary>
    public bool FoldWidth { get; init; }

    /// <summary>Pieces that are found before words are split; <c>null</c>: none.</summary>
    public IReadOnlyList<AddedToken>? AddedTokens { get; init; }

    /// <summary>Equal settings; added tokens are compared one by one.</summary>
    public bool Equals(TokenizerSettings? other) =>
        other is not null && LowerCase == other.LowerCase && StripAccents == other.StripAccents && SplitHan == other.SplitHan
        && FoldWidth == other.FoldWidth && (AddedTokens ?? []).SequenceEqual(other.AddedTokens ?? []);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(LowerCase, StripAccents, SplitHan, FoldWidth, AddedTokens?.Count ?? 0);
}
