namespace Microsoft.ML.Tokenizers;

/// <summary>Greedy longest match from the left (Devlin et al. 2019, <c>WordpieceTokenizer</c>).</summary>
public class WordPieceTokenizer : Tokenizer
{
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _lookup;
    private readonly Dictionary<int, string> _pieces;

    private WordPieceTokenizer(Dictionary<string, int> vocabulary, WordPieceOptions options)
    {
        ArgumentNullException.ThrowIfNull(options.UnknownToken);
        ArgumentNullException.ThrowIfNull(options.ContinuingSubwordPrefix);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.MaxInputCharsPerWord);
        if (!vocabulary.TryGetValue(options.UnknownToken, out var unknown))
            throw new ArgumentException($"The unknown token '{options.UnknownToken}' is not in the vocabulary.");

        _lookup = vocabulary.GetAlternateLookup<ReadOnlySpan<char>>();
        _pieces = vocabulary.ToDictionary(pair => pair.Value, pair => pair.Key);
        UnknownToken = options.UnknownToken;
        UnknownTokenId = unknown;
        ContinuingSubwordPrefix = options.ContinuingSubwordPrefix;
        MaxInputCharsPerWord = options.MaxInputCharsPerWord;
        PreTokenizer = options.PreTokenizer ?? PreTokenizer.CreateWhiteSpace();
        Normalizer = options.Normalizer;
    }

    public string UnknownToken { get; }

    public int UnknownTokenId { get; }

    public string ContinuingSubwordPrefix { get; }

    public int MaxInputCharsPerWord { get; }

    public override PreTokenizer? PreTokenizer { get; }

    public override Normalizer? Normalizer { get; }

    public static WordPieceTokenizer Create(string vocabFilePath, WordPieceOptions? options = null)
    {
        if (string.IsNullOrEmpty(vocabFilePath))
            throw new ArgumentNullException(nameof(vocabFilePath));
        using var stream = File.OpenRead(vocabFilePath);
        return Create(stream, options);
    }

    /// <summary>Leaves the stream open.</summary>
    public static WordPieceTokenizer Create(Stream vocabStream, WordPieceOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(vocabStream);
        return new WordPieceTokenizer(ReadVocabulary(vocabStream), options ?? new WordPieceOptions());
    }

    private protected override void EncodeWord(ReadOnlySpan<char> word, int offset, List<EncodedToken> tokens)
    {
        var whole = new Range(offset, offset + word.Length);
        if (word.Length > MaxInputCharsPerWord)
        {
            tokens.Add(new EncodedToken(UnknownTokenId, UnknownToken, whole));
            return;
        }

        var prefix = ContinuingSubwordPrefix.Length;
        Span<char> buffer = new char[prefix + word.Length];
        ContinuingSubwordPrefix.CopyTo(buffer);
        var count = tokens.Count;
        for (var start = 0; start < word.Length;)
        {
            var end = word.Length;
            word[start..].CopyTo(buffer[prefix..]);
            int id;
            while (!_lookup.TryGetValue(start == 0 ? word[..end] : buffer[..(prefix + end - start)], out id))
            {
                if (--end > start)
                    continue;

                // One piece that is not in the vocabulary makes the whole word unknown.
                tokens.RemoveRange(count, tokens.Count - count);
                tokens.Add(new EncodedToken(UnknownTokenId, UnknownToken, whole));
                return;
            }

            tokens.Add(new EncodedToken(id, _pieces[id], new Range(offset + start, offset + end)));
            start = end;
        }
    }

    // The id of a piece is its line number; empty lines have a number too. A repeated line is an ArgumentException.
    private static Dictionary<string, int> ReadVocabulary(Stream stream)
    {
        Dictionary<string, int> vocabulary = new(StringComparer.Ordinal);
        using StreamReader reader = new(stream, leaveOpen: true);
        for (var id = 0; reader.ReadLine() is { } line; id++)
        {
            if (line.Length > 0)
                vocabulary.Add(line, id);
        }

        return vocabulary;
    }
}
