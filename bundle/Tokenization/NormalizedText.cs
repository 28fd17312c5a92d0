namespace Edge.Bundles.Tokenization;

/// <summary>
/// A normalized text, cut into words, with the place in the source of each of its UTF-16 units. Reused from text to text.
/// </summary>
internal sealed class NormalizedText
{
    private char[] _units = new char[256];
    private SourceSpan[] _sources = new SourceSpan[256];
    private int _count;
    private int _wordStart;

    // A dropped accent belongs to the unit before it, unless white space or the start of the text is between.
    private bool _acceptsAccent;

    /// <summary>The words, as ranges of normalized units.</summary>
    public List<SourceSpan> Words { get; } = [];

    public void Clear()
    {
        _count = 0;
        _wordStart = 0;
        _acceptsAccent = false;
        Words.Clear();
    }

    public ReadOnlySpan<char> Units(SourceSpan word) => _units.AsSpan(word.Start, word.Length);

    /// <summary>
    /// Source of the normalized units from <paramref name="first"/> to <paramref name="last"/>. Where one source character
    /// became several units (Hangul), the first of them has it and the others stand, empty, at its end: sources never overlap.
    /// </summary>
    public SourceSpan Source(int first, int last) => new(_sources[first].Start, _sources[last].End);

    /// <summary>Adds a code point to the open word.</summary>
    public void Append(int character, SourceSpan source)
    {
        if (_count + 2 > _units.Length)
        {
            Array.Resize(ref _units, _units.Length * 2);
            Array.Resize(ref _sources, _sources.Length * 2);
        }

        if (character < 0x10000)
        {
            Append((char)character, source);
        }
        else
        {
            Append((char)(0xD800 + ((character - 0x10000) >> 10)), source);
            Append((char)(0xDC00 + (character & 0x3FF)), new SourceSpan(source.End, source.End));
        }

        _acceptsAccent = true;
    }

    /// <summary>Lengthens the source of the last unit by the dropped accent behind it.</summary>
    public void AppendDroppedAccent(SourceSpan source)
    {
        if (_acceptsAccent)
            _sources[_count - 1] = new SourceSpan(_sources[_count - 1].Start, source.End);
    }

    /// <summary>Ends the open word, if there is one.</summary>
    public void EndWord()
    {
        if (_count > _wordStart)
            Words.Add(new SourceSpan(_wordStart, _count));
        _wordStart = _count;
    }

    /// <summary>Ends the open word at white space.</summary>
    public void EndWordAtSpace()
    {
        EndWord();
        _acceptsAccent = false;
    }

    private void Append(char unit, SourceSpan source)
    {
        _units[_count] = unit;
        _sources[_count++] = source;
    }
}
