namespace Edge.Bundles.Tokenization;

/// <summary>
/// A piece that is found in the text before words are split, wherever it stands (<c>added_tokens</c> of Hugging Face's tokenizers).
/// </summary>
public sealed record AddedToken
{
    /// <summary>The piece as the vocabulary has it.</summary>
    public required string Text { get; init; }

    /// <summary>Found in any case where the tokenizer lower-cases (<c>normalized</c>).</summary>
    public bool Normalized { get; init; } = true;

    /// <summary>Found only where no letter or digit stands beside it (<c>single_word</c>).</summary>
    public bool SingleWord { get; init; }

    /// <summary>Length of the match at a place of a text; 0 where there is none.</summary>
    internal int MatchAt(ReadOnlySpan<char> text, int start, bool lowerCase)
    {
        var comparison = Normalized && lowerCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
        var end = start + Text.Length;
        if (!text[start..].StartsWith(Text, comparison))
            return 0;
        return SingleWord && ((start > 0 && IsWord(text[start - 1])) || (end < text.Length && IsWord(text[end]))) ? 0 : Text.Length;
    }

    private static bool IsWord(char unit) => char.IsLetterOrDigit(unit) || unit == '_';
}
