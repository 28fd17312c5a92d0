using Edge.Bundles.Tasks;

namespace Edge.Bundles.Decoding;

/// <summary>
/// The bonuses of all pairs of tags that BIO allows, as decoding goes through them: pairs with O in rows of all tags, which several tags at
/// a time are read from; staying (O behind O, I behind B or I of its label), which is what pieces of one word do and what alone leads to I;
/// and the seen pairs from a B or I to a B by themselves.
/// </summary>
internal sealed class TagPairs
{
    private readonly TagTransition[] _moves; // by previous tag
    private readonly int[] _starts; // by previous tag, and one past the last
    private readonly TagTransition[][] _movesTo; // by next tag

    /// <summary>Groups pairs.</summary>
    /// <param name="unseen">By previous tag: the bonus of pairs without one of their own.</param>
    /// <param name="seen">The pairs, none twice, all of them such that BIO allows.</param>
    public TagPairs(float[] unseen, TagTransition[] seen)
    {
        Unseen = Array.ConvertAll(unseen, bonus => (double)bonus);
        (Stay, ToOutside, FromOutside, Highest) = ([.. Unseen], [.. Unseen], new double[unseen.Length], new double[unseen.Length]);
        Array.Fill(FromOutside, Unseen[BioTags.O]);
        Array.Fill(Highest, double.NegativeInfinity);
        for (var tag = 2; tag < unseen.Length; tag += 2)
            FromOutside[tag] = double.NegativeInfinity; // I
        foreach (var (previous, next, bonus) in seen)
        {
            if (next == StayingTag(previous))
                Stay[previous] = bonus;
            if (next == BioTags.O)
                ToOutside[previous] = bonus;
            if (previous == BioTags.O)
                FromOutside[next] = bonus;
        }
        _moves = [.. seen.Where(pair => pair.Previous != BioTags.O && BioTags.IsBegin(pair.Next)).OrderBy(pair => pair.Previous)
            .ThenBy(pair => pair.Next)];
        _starts = new int[unseen.Length + 1];
        foreach (var (previous, _, bonus) in _moves)
        {
            _starts[previous + 1]++;
            Highest[previous] = Math.Max(Highest[previous], bonus);
        }
        for (var tag = 0; tag < unseen.Length; tag++)
            _starts[tag + 1] += _starts[tag];
        _movesTo = [.. Enumerable.Range(0, unseen.Length).Select(tag => _moves.Where(pair => pair.Next == tag).ToArray())];
    }

    /// <summary>By previous tag: the bonus of pairs without one of their own.</summary>
    public double[] Unseen { get; }

    /// <summary>By tag: the bonus of staying.</summary>
    public double[] Stay { get; }

    /// <summary>By previous tag: the bonus of O behind it.</summary>
    public double[] ToOutside { get; }

    /// <summary>By next tag: its bonus behind O; negative infinity for I.</summary>
    public double[] FromOutside { get; }

    /// <summary>Seen pairs from B or I to B, by previous tag.</summary>
    public ReadOnlySpan<TagTransition> Moves => _moves;

    /// <summary>By previous tag: the highest bonus of <see cref="MovesFrom"/>; negative infinity where it has none.</summary>
    public double[] Highest { get; }

    /// <summary>The <see cref="Moves"/> of a previous tag.</summary>
    public ReadOnlySpan<TagTransition> MovesFrom(int previous) => _moves.AsSpan(_starts[previous].._starts[previous + 1]);

    /// <summary>The <see cref="Moves"/> to a next tag, by previous tag.</summary>
    public ReadOnlySpan<TagTransition> MovesTo(int next) => _movesTo[next];

    /// <summary>Place among <see cref="Moves"/>; -1 for a pair that is none of them.</summary>
    public int IndexOfMove(int previous, int next)
    {
        for (var move = _starts[previous]; move < _starts[previous + 1]; move++)
        {
            if (_moves[move].Next == next)
                return move;
        }
        return -1;
    }

    /// <summary>The tag that stays behind a tag.</summary>
    public static int StayingTag(int tag) => tag == BioTags.O ? BioTags.O : BioTags.Inside(BioTags.Label(tag));
}
