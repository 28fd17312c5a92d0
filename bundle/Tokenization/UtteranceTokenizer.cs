using System.Runtime.InteropServices;
using Edge.Bundles.Common;

namespace Edge.Bundles.Tokenization;

/// <summary>
/// Turns utterances into the tokens of a BERT model, each with its place in the utterance. The ids equal those of Hugging
/// Face's <c>BertTokenizer</c>, special tokens typed by a caller excepted: a caller's <c>[SEP]</c> is text like any other.
/// Safe for use by several threads.
/// </summary>
public sealed class UtteranceTokenizer
{
    [ThreadStatic]
    private static TokenBuffer? t_buffer;

    private readonly BasicTokenizer _basic;
    private readonly WordPieces _words;

    private UtteranceTokenizer(Vocabulary vocabulary, TokenizerSettings settings)
    {
        _basic = new BasicTokenizer(settings);
        _words = new WordPieces(vocabulary);
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
    /// <exception cref="BundleException">The vocabulary is missing, or lacks a special token.</exception>
    public static UtteranceTokenizer Load(string vocabularyFile, TokenizerSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        try
        {
            return Create(File.ReadAllLines(RegularFile.Require(vocabularyFile)), settings, vocabularyFile);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BundleException($"{vocabularyFile}: the vocabulary cannot be read: {e.Message}", e);
        }
    }

    /// <summary>Makes a tokenizer of pieces in memory.</summary>
    /// <param name="pieces">Pieces in the order of their ids; an empty one takes an id and is none. Of equal ones the last counts, as
    /// in Hugging Face's tokenizers.</param>
    /// <param name="settings">As above.</param>
    /// <param name="place">Where they are from, for messages.</param>
    /// <exception cref="BundleException">A special token is missing.</exception>
    public static UtteranceTokenizer Create(IReadOnlyList<string> pieces, TokenizerSettings settings, string place)
    {
        ArgumentNullException.ThrowIfNull(pieces);
        ArgumentNullException.ThrowIfNull(settings);
        return new UtteranceTokenizer(Vocabulary.Of(pieces, place), settings);
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
        var buffer = t_buffer ??= new TokenBuffer();
        Encode(text, context, maxLength, buffer);
        return buffer.ToUtterance();
    }

    /// <summary>The same without new memory.</summary>
    /// <param name="text">As above.</param>
    /// <param name="context">As above.</param>
    /// <param name="maxLength">As above.</param>
    /// <param name="buffer">Receives the tokens.</param>
    public void Encode(string text, string? context, int maxLength, TokenBuffer buffer)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(buffer);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxLength, 3);
        var pieces = buffer.Pieces;
        pieces.Clear();

        // One more than fits tells that the utterance was cut.
        AppendPieces(text, buffer, maxLength - 1);
        var textCount = Math.Min(pieces.Count, maxLength - 2);
        var truncated = pieces.Count > textCount;
        var contextFirst = pieces.Count;
        if (!string.IsNullOrEmpty(context) && textCount < maxLength - 3)
            AppendPieces(context, buffer, int.MaxValue);
        var contextCount = Math.Min(pieces.Count - contextFirst, Math.Max(0, maxLength - 3 - textCount));
        var all = CollectionsMarshal.AsSpan(pieces);
        buffer.Write(all[^contextCount..], all[..textCount], truncated, ClassifyId, SeparatorId);
    }

    // Stops behind the word with which there are at least `enough` pieces.
    private void AppendPieces(string text, TokenBuffer buffer, int enough)
    {
        var normalized = buffer.Normalized;
        _basic.Split(text, normalized);
        foreach (var word in normalized.Words)
        {
            if (buffer.Pieces.Count >= enough)
                return;
            foreach (var (id, first, last, continuesWord) in _words.Of(normalized.Units(word), buffer.Word))
            {
                var source = normalized.Source(word.Start + first, word.Start + last);
                // A further piece of one source character has no place of its own.
                var joined = continuesWord || (first > 0 && source.Length == 0)
                    || (first == 0 && CharacterKinds.IsInsideNumber(text, source.Start));
                buffer.Pieces.Add(new Piece(id, source, joined));
            }
        }
    }
}
