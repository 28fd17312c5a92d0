using Microsoft.ML.Tokenizers;

namespace Edge.Bundles.Tokenization;

/// <summary>
/// Turns utterances into the tokens of a BERT model, each with its place in the utterance. The ids equal those of Hugging
/// Face's <c>BertTokenizer</c>, special tokens typed by a caller excepted: a caller's <c>[SEP]</c> is text like any other.
/// Safe for use by several threads.
/// </summary>
public sealed class UtteranceTokenizer
{
    // Hugging Face counts code points, the package UTF-16 units: we count, and set the package's limit out of reach.
    private const int MaxWordCharacters = 100;

    [ThreadStatic]
    private static NormalizedText? t_normalized;

    [ThreadStatic]
    private static List<Piece>? t_pieces;

    private readonly BasicTokenizer _basic;
    private readonly WordPieceTokenizer _wordPiece;

    // The package's answers for words of one unit (most of Chinese), as id + 1; 0 where it was not yet asked. Threads may both
    // ask and both write: it is the same number.
    private readonly int[] _singleUnitIds = new int[char.MaxValue + 1];

    private UtteranceTokenizer(Vocabulary vocabulary, WordPieceTokenizer wordPiece, TokenizerSettings settings)
    {
        _basic = new BasicTokenizer(settings);
        _wordPiece = wordPiece;
        Settings = settings;
        VocabularySize = vocabulary.Size;
        PadId = vocabulary.PadId;
        UnknownId = vocabulary.UnknownId;
        ClassifyId = vocabulary.ClassifyId;
        SeparatorId = vocabulary.SeparatorId;
        MaskId = vocabulary.MaskId;
    }

    /// <summary>The settings it was loaded with.</summary>
    public TokenizerSettings Settings { get; }

    /// <summary>Number of ids: all ids are below.</summary>
    public int VocabularySize { get; }

    /// <summary>Id of <c>[PAD]</c>.</summary>
    public int PadId { get; }

    /// <summary>Id of <c>[UNK]</c>.</summary>
    public int UnknownId { get; }

    /// <summary>Id of <c>[CLS]</c>.</summary>
    public int ClassifyId { get; }

    /// <summary>Id of <c>[SEP]</c>.</summary>
    public int SeparatorId { get; }

    /// <summary>Id of <c>[MASK]</c>.</summary>
    public int MaskId { get; }

    /// <summary>Loads a vocabulary.</summary>
    /// <param name="vocabularyFile"><c>vocab.txt</c>: UTF-8, one piece a line.</param>
    /// <param name="settings">The settings that the model was trained with.</param>
    /// <exception cref="BundleException">The vocabulary is missing, lacks a special token or repeats a piece.</exception>
    public static UtteranceTokenizer Load(string vocabularyFile, TokenizerSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        byte[] content;
        try
        {
            content = File.ReadAllBytes(vocabularyFile);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BundleException($"{vocabularyFile}: the vocabulary cannot be read: {e.Message}", e);
        }

        var vocabulary = Vocabulary.Read(new MemoryStream(content), vocabularyFile);
        WordPieceOptions options = new() { MaxInputCharsPerWord = 2 * MaxWordCharacters };
        return new UtteranceTokenizer(vocabulary, WordPieceTokenizer.Create(new MemoryStream(content), options), settings);
    }

    /// <summary>Encodes an utterance, behind its context where there is one.</summary>
    /// <param name="text">The utterance. Cut at its end where it is too long.</param>
    /// <param name="context">
    /// What was said before. Cut from its front, so that the utterance stays whole; where nothing of it remains, or it has no
    /// tokens, the result is that of the utterance alone.
    /// </param>
    /// <param name="maxLength">Most tokens, special ones included; at least 3.</param>
    public EncodedUtterance Encode(string text, string? context = null, int maxLength = 64)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxLength, 3);
        var pieces = t_pieces ??= [];
        pieces.Clear();

        // One more than fits tells that the utterance was cut.
        AppendPieces(text, pieces, maxLength - 1);
        var textCount = Math.Min(pieces.Count, maxLength - 2);
        var truncated = pieces.Count > textCount;
        var contextFirst = pieces.Count;
        if (!string.IsNullOrEmpty(context) && textCount < maxLength - 3)
            AppendPieces(context, pieces, int.MaxValue);
        var contextCount = Math.Min(pieces.Count - contextFirst, Math.Max(0, maxLength - 3 - textCount));
        contextFirst = pieces.Count - contextCount;

        var textStart = contextCount == 0 ? 1 : contextCount + 2;
        var length = textStart + textCount + 1;
        var ids = new int[length];
        var typeIds = new int[length];
        var offsets = new SourceSpan[length];
        ids[0] = ClassifyId;
        for (var i = 0; i < contextCount; i++)
            ids[1 + i] = pieces[contextFirst + i].Id;
        if (contextCount > 0)
        {
            ids[textStart - 1] = SeparatorId;
            typeIds.AsSpan(textStart).Fill(1);
        }

        bool[] joined = [];
        for (var i = 0; i < textCount; i++)
        {
            (ids[textStart + i], offsets[textStart + i], var isJoined) = pieces[i];
            if (!isJoined)
                continue;
            if (joined.Length == 0)
                joined = new bool[length];
            joined[textStart + i] = true;
        }

        ids[length - 1] = SeparatorId;
        return new EncodedUtterance
        {
            Ids = ids,
            TypeIds = typeIds,
            Offsets = offsets,
            TextStart = textStart,
            TextCount = textCount,
            Truncated = truncated,
            Joined = joined,
        };
    }

    // Stops behind the word with which there are at least `enough` pieces.
    private void AppendPieces(string text, List<Piece> pieces, int enough)
    {
        var normalized = t_normalized ??= new NormalizedText();
        _basic.Split(text, normalized);
        foreach (var word in normalized.Words)
        {
            if (pieces.Count >= enough)
                return;

            var units = normalized.Units(word);
            var source = normalized.Source(word.Start, word.End - 1);
            if (units.Length == 1)
            {
                pieces.Add(new Piece(SingleUnitId(units), source, Joined: false));
            }
            else if (IsTooLong(units))
            {
                pieces.Add(new Piece(UnknownId, source, Joined: false));
            }
            else
            {
                var tokens = _wordPiece.EncodeToTokens(units, out _, considerPreTokenization: false, considerNormalization: false);
                for (var i = 0; i < tokens.Count; i++)
                {
                    var (first, last) = (tokens[i].Offset.Start.Value, tokens[i].Offset.End.Value - 1);
                    source = normalized.Source(word.Start + first, word.Start + last);
                    var joined = first > 0 && (source.Length == 0 || CharacterKinds.AreJoined(units[first - 1], units[first]));
                    pieces.Add(new Piece(tokens[i].Id, source, joined));
                }
            }
        }
    }

    private int SingleUnitId(ReadOnlySpan<char> unit)
    {
        ref var known = ref _singleUnitIds[unit[0]];
        if (known == 0)
            known = 1 + _wordPiece.EncodeToTokens(unit, out _, considerPreTokenization: false, considerNormalization: false)[0].Id;
        return known - 1;
    }

    private static bool IsTooLong(ReadOnlySpan<char> word)
    {
        if (word.Length <= MaxWordCharacters)
            return false;
        var characters = 0;
        foreach (var unit in word)
            characters += char.IsLowSurrogate(unit) ? 0 : 1;
        return characters > MaxWordCharacters;
    }

    private readonly record struct Piece(int Id, SourceSpan Source, bool Joined);
}
