namespace Edge.Bundles.Masking;

/// <summary>
/// A text in one form for all patterns, with a map back to the source: ASCII digits whatever they were written as (full width,
/// 幺三八, 壹贰, ①, "one three", 三个八, "double three"), small letters, one sign for each family of separators, one space for
/// many, <see cref="Filler"/> for hesitation.
/// </summary>
internal sealed class NormalForm
{
    /// <summary>Stands for 嗯, "um" and the like.</summary>
    public const char Filler = '~';

    private readonly int[] _unitOf;

    /// <summary>Creates one.</summary>
    /// <param name="source">The text.</param>
    /// <param name="text">Its normal form.</param>
    /// <param name="units">What it was made from, in order; places without a unit (invisible characters) lie between them.</param>
    public NormalForm(string source, string text, List<NormalUnit> units)
    {
        (Source, Text, Units) = (source, text, units);
        _unitOf = new int[text.Length];
        for (var unit = 0; unit < units.Count; unit++)
            _unitOf.AsSpan(units[unit].At, units[unit].Length).Fill(unit);
    }

    /// <summary>The text that this is a form of.</summary>
    public string Source { get; }

    /// <summary>The normal form.</summary>
    public string Text { get; }

    /// <summary>What it was made from, in order.</summary>
    public List<NormalUnit> Units { get; }

    /// <summary>Index of the unit that a character of the normal form belongs to.</summary>
    public int UnitOf(int at) => _unitOf[at];

    /// <summary>Place in the source of a range of the normal form, whole units.</summary>
    public (int Start, int End) Place(int start, int end) => (Units[_unitOf[start]].Start, Units[_unitOf[end - 1]].End);

    /// <summary>Units that lie in a range of the source, those that it cuts included; the first, and one past the last.</summary>
    public (int First, int End) UnitsIn(int start, int end)
    {
        var (low, high) = (0, Units.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (Units[middle].End <= start)
                low = middle + 1;
            else
                high = middle;
        }
        var last = low;
        while (last < Units.Count && Units[last].Start < end)
            last++;
        return (low, last);
    }
}
