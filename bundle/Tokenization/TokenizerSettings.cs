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
}
