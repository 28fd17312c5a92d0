using Edge.Bundles.Tasks;

namespace Edge.Bundles.Decoding;

/// <summary>
/// The pairs of tags that have a bonus of their own, by previous tag. Staying (O behind O, I behind B or I of its label) stands apart:
/// it is what pieces of one word do, and nothing else leads to I.
/// </summary>
internal sealed class TagPairs
{
    private readonly int[] _starts; // by previous tag, and one past the last
    private readonly int[] _previous;
    private readonly int[] _next;
    private readonly float[] _bonuses;

    /// <summary>Groups pairs.</summary>
    /// <param name="unseen">By previous tag: the bonus of pairs without one of their own.</param>
    /// <param name="seen">The pairs, none twice, all of them such that BIO allows.</param>
    public TagPairs(float[] unseen, TagTransition[] seen)
    {
        Stay = [.. unseen];
        Highest = new float[unseen.Length];
        Array.Fill(Highest, float.NegativeInfinity);
        foreach (var (previous, next, bonus) in seen.Where(IsStay))
            Stay[previous] = bonus;
        TagTransition[] moves = [.. seen.Where(pair => !IsStay(pair)).OrderBy(pair => pair.Previous).ThenBy(pair => pair.Next)];
        _starts = new int[unseen.Length + 1];
        foreach (var (previous, _, bonus) in moves)
        {
            _starts[previous + 1]++;
            Highest[previous] = Math.Max(Highest[previous], bonus);
        }
        for (var tag = 0; tag < unseen.Length; tag++)
            _starts[tag + 1] += _starts[tag];
        _previous = [.. moves.Select(pair => pair.Previous)];
        _next = [.. moves.Select(pair => pair.Next)];
        _bonuses = [.. moves.Select(pair => pair.Bonus)];
    }

    /// <summary>By tag: the bonus of staying.</summary>
    public float[] Stay { get; }

    /// <summary>By previous tag: the highest bonus of a pair of its own that does not stay; negative infinity where it has none.</summary>
    public float[] Highest { get; }

    /// <summary>Number of pairs that do not stay.</summary>
    public int Count => _next.Length;

    /// <summary>Pairs of a previous tag, as a range of all pairs.</summary>
    public Range Of(int previous) => _starts[previous].._starts[previous + 1];

    /// <summary>Earlier tags of all pairs.</summary>
    public ReadOnlySpan<int> Previous => _previous;

    /// <summary>Later tags of all pairs, O or B.</summary>
    public ReadOnlySpan<int> Next => _next;

    /// <summary>Bonuses of all pairs.</summary>
    public ReadOnlySpan<float> Bonuses => _bonuses;

    /// <summary>The tag that stays behind a tag.</summary>
    public static int StayingTag(int tag) => tag == BioTags.O ? BioTags.O : BioTags.Inside(BioTags.Label(tag));

    /// <summary>Number of a pair that does not stay; negative where it has no bonus of its own.</summary>
    public int Find(int previous, int next)
    {
        var found = Array.BinarySearch(_next, _starts[previous], _starts[previous + 1] - _starts[previous], next);
        return found < 0 ? -1 : found;
    }

    private static bool IsStay(TagTransition pair) => pair.Next == StayingTag(pair.Previous);
}
