namespace Edge.Bundles.Tokenization;

/// <summary>
/// The words of texts as <see cref="UtteranceTokenizer"/> sees them before WordPiece: what vocabularies are made from. Not thread-safe.
/// </summary>
/// <param name="settings">Settings of the tokenizer that will read the vocabulary.</param>
public sealed class WordSplitter(TokenizerSettings settings)
{
    private readonly BasicTokenizer _tokenizer = new(settings);
    private readonly NormalizedText _normalized = new();

    /// <summary>Normalized words, Han characters and punctuation, in text order.</summary>
    /// <param name="text">Any text.</param>
    public IReadOnlyList<string> Split(string text)
    {
        _tokenizer.Split(text, _normalized);
        return [.. _normalized.Words.Select(word => _normalized.Units(word).ToString())];
    }

    /// <summary>The same words with their places in the text.</summary>
    /// <param name="text">Any text.</param>
    public IReadOnlyList<SourceWord> Locate(string text)
    {
        _tokenizer.Split(text, _normalized);
        return [.. _normalized.Words.Select(
            word => new SourceWord(_normalized.Units(word).ToString(), _normalized.Source(word.Start, word.End - 1)))];
    }
}
