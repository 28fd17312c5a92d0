namespace Edge.Bundles.Tokenization;

/// <summary>
/// The tokens of one utterance after another: <see cref="UtteranceTokenizer.Encode(string, string?, int, TokenBuffer)"/> writes
/// them without new memory. Not for use by two threads at once.
/// </summary>
public sealed class TokenBuffer
{
    private int[] _ids = [];
    private int[] _typeIds = [];
    private SourceSpan[] _offsets = [];
    private bool[] _joined = [];
    private int _length;
    private int _textStart;
    private int _textCount;
    private bool _truncated;
    private bool _anyJoined;

    /// <summary>The utterance that was encoded last, until the next one.</summary>
    public TokenView View => new()
    {
        Ids = _ids.AsSpan(0, _length),
        TypeIds = _typeIds.AsSpan(0, _length),
        Offsets = _offsets.AsSpan(0, _length),
        Joined = _anyJoined ? _joined.AsSpan(0, _length) : [],
        TextStart = _textStart,
        TextCount = _textCount,
        Truncated = _truncated,
    };

    /// <summary>Words of the text that is being encoded.</summary>
    internal NormalizedText Normalized { get; } = new();

    /// <summary>Pieces of the word that is being cut.</summary>
    internal WordPiece[] Word { get; } = new WordPiece[WordPieces.MostPieces];

    /// <summary>Pieces of the utterance, and behind them those of its context.</summary>
    internal List<Piece> Pieces { get; } = [];

    /// <summary>The same utterance with memory of its own.</summary>
    public EncodedUtterance ToUtterance() => new()
    {
        Ids = _ids[.._length],
        TypeIds = _typeIds[.._length],
        Offsets = _offsets[.._length],
        Joined = _anyJoined ? _joined[.._length] : [],
        TextStart = _textStart,
        TextCount = _textCount,
        Truncated = _truncated,
    };

    /// <summary>Starts an utterance: <c>[CLS] utterance [SEP]</c>, or <c>[CLS] context [SEP] utterance [SEP]</c>.</summary>
    /// <param name="context">Pieces of the context, from <see cref="Pieces"/>.</param>
    /// <param name="text">Pieces of the utterance.</param>
    /// <param name="truncated">Whether more pieces were there than fit.</param>
    /// <param name="classifyId">Id of [CLS].</param>
    /// <param name="separatorId">Id of [SEP].</param>
    internal void Write(ReadOnlySpan<Piece> context, ReadOnlySpan<Piece> text, bool truncated, int classifyId, int separatorId)
    {
        (_textStart, _textCount, _truncated, _anyJoined) = (context.IsEmpty ? 1 : context.Length + 2, text.Length, truncated, false);
        _length = _textStart + text.Length + 1;
        if (_length > _ids.Length)
            Grow((int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)_length));
        _ids[0] = classifyId;
        _ids[_length - 1] = separatorId;
        _offsets[0] = _offsets[_length - 1] = default;
        _joined[0] = _joined[_length - 1] = false;
        _typeIds.AsSpan(0, _length).Clear();
        if (!context.IsEmpty)
        {
            WriteContext(context);
            _ids[_textStart - 1] = separatorId;
            _typeIds.AsSpan(_textStart, text.Length + 1).Fill(1);
        }
        for (var i = 0; i < text.Length; i++)
        {
            (_ids[_textStart + i], _offsets[_textStart + i], _joined[_textStart + i]) = text[i];
            _anyJoined |= text[i].Joined;
        }
    }

    // What stands where in the context matters to nobody.
    private void WriteContext(ReadOnlySpan<Piece> context)
    {
        for (var i = 0; i < context.Length; i++)
            _ids[1 + i] = context[i].Id;
        _offsets.AsSpan(1, context.Length + 1).Clear();
        _joined.AsSpan(1, context.Length + 1).Clear();
    }

    private void Grow(int capacity) =>
        (_ids, _typeIds, _offsets, _joined) = (new int[capacity], new int[capacity], new SourceSpan[capacity], new bool[capacity]);
}
