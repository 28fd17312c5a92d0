namespace Microsoft.ML.Tokenizers;

public abstract class Tokenizer
{
    public virtual PreTokenizer? PreTokenizer => null;

    public virtual Normalizer? Normalizer => null;

    public IReadOnlyList<EncodedToken> EncodeToTokens(
        string text, out string? normalizedText, bool considerPreTokenization = true, bool considerNormalization = true)
    {
        ArgumentNullException.ThrowIfNull(text);
        return EncodeToTokens(text.AsSpan(), out normalizedText, considerPreTokenization, considerNormalization);
    }

    public IReadOnlyList<EncodedToken> EncodeToTokens(
        ReadOnlySpan<char> text, out string? normalizedText, bool considerPreTokenization = true, bool considerNormalization = true)
    {
        normalizedText = null;
        List<EncodedToken> tokens = [];
        if (text.IsEmpty)
            return tokens;

        if (considerNormalization && Normalizer is not null)
            text = normalizedText = Normalizer.Normalize(text.ToString());

        if (considerPreTokenization && PreTokenizer is not null)
        {
            foreach (var (offset, length) in PreTokenizer.PreTokenize(text))
                EncodeWord(text.Slice(offset, length), offset, tokens);
        }
        else
        {
            EncodeWord(text, 0, tokens);
        }

        return tokens;
    }

    /// <summary>No special tokens are added.</summary>
    public IReadOnlyList<int> EncodeToIds(string text, bool considerPreTokenization = true, bool considerNormalization = true) =>
        EncodeToIds(text.AsSpan(), considerPreTokenization, considerNormalization);

    /// <inheritdoc cref="EncodeToIds(string, bool, bool)"/>
    public IReadOnlyList<int> EncodeToIds(
        ReadOnlySpan<char> text, bool considerPreTokenization = true, bool considerNormalization = true)
    {
        var tokens = EncodeToTokens(text, out _, considerPreTokenization, considerNormalization);
        var ids = new int[tokens.Count];
        for (var i = 0; i < ids.Length; i++)
            ids[i] = tokens[i].Id;
        return ids;
    }

    private protected abstract void EncodeWord(ReadOnlySpan<char> word, int offset, List<EncodedToken> tokens);
}
