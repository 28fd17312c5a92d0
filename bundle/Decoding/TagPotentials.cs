using Edge.Bundles.Tasks;

namespace Edge.Bundles.Decoding;

/// <summary>Transitions as factors of a path's probability, at one temperature.</summary>
/// <remarks>
/// Nearly all pairs of tags share the factor of their previous tag; only seen pairs have one of their own, and it is never
/// smaller. So a step over all pairs costs tags and seen pairs, not tags squared, and only ever adds.
/// </remarks>
internal sealed class TagPotentials
{
    private readonly double[] _unseen;
    private readonly (int Previous, int Next, double Extra)[] _seen;

    /// <summary>Computes the factors.</summary>
    /// <param name="transitions">The bonuses.</param>
    /// <param name="temperature">Calibration temperature that they are divided by, &gt; 0.</param>
    public TagPotentials(TagTransitions transitions, float temperature)
    {
        Temperature = temperature;
        _unseen = Array.ConvertAll(transitions.Unseen, bonus => Factor(bonus, temperature));
        _seen = Array.ConvertAll(transitions.Seen, pair => (pair.Previous, pair.Next, Factor(pair.Bonus, temperature) - _unseen[pair.Previous]));
    }

    /// <summary>The temperature.</summary>
    public float Temperature { get; }

    /// <summary>Sums what reaches each tag: next[j] = Σ previous[i] × factor(i, j) over the pairs that BIO allows.</summary>
    /// <param name="previous">Weights at the earlier token, by tag.</param>
    /// <param name="next">Receives the weights at the later token, before its own emissions.</param>
    /// <param name="isJoined">The later token continues the word of the earlier one: no entity begins or ends between them.</param>
    public void Forward(ReadOnlySpan<double> previous, Span<double> next, bool isJoined)
    {
        var all = 0.0;
        for (var i = 0; i < _unseen.Length; i++)
            all += previous[i] * _unseen[i];
        if (isJoined)
            all = 0;
        next[BioTags.O] = isJoined ? previous[BioTags.O] * _unseen[BioTags.O] : all;
        for (var begin = 1; begin < _unseen.Length; begin += 2)
        {
            next[begin] = all;
            next[begin + 1] = (previous[begin] * _unseen[begin]) + (previous[begin + 1] * _unseen[begin + 1]);
        }
        foreach (var (from, to, extra) in _seen)
        {
            if (!isJoined || StaysInside(from, to))
                next[to] += previous[from] * extra;
        }
    }

    /// <summary>Sums what leaves each tag: previous[i] = Σ factor(i, j) × next[j] over the pairs that BIO allows.</summary>
    /// <param name="next">Weights at the later token, its own emissions included, by tag.</param>
    /// <param name="previous">Receives the weights at the earlier token.</param>
    /// <param name="isJoined">As for <see cref="Forward"/>.</param>
    public void Backward(ReadOnlySpan<double> next, Span<double> previous, bool isJoined)
    {
        var all = 0.0;
        for (var j = 1; j < next.Length; j += 2)
            all += next[j];
        all = isJoined ? 0 : all + next[BioTags.O];
        previous[BioTags.O] = (isJoined ? next[BioTags.O] : all) * _unseen[BioTags.O];
        for (var begin = 1; begin < next.Length; begin += 2)
        {
            previous[begin] = (all + next[begin + 1]) * _unseen[begin];
            previous[begin + 1] = (all + next[begin + 1]) * _unseen[begin + 1];
        }
        foreach (var (from, to, extra) in _seen)
        {
            if (!isJoined || StaysInside(from, to))
                previous[from] += extra * next[to];
        }
    }

    /// <summary>The factor of one pair that BIO allows.</summary>
    public double Of(int previous, int next)
    {
        foreach (var (from, to, extra) in _seen)
        {
            if (from == previous && to == next)
                return _unseen[previous] + extra;
        }
        return _unseen[previous];
    }

    // Beyond e^±300 a factor would end the range of double within a few tokens; no trained head comes near.
    private static double Factor(float bonus, float temperature) => Math.Exp(Math.Clamp((double)bonus / temperature, -300, 300));

    private static bool StaysInside(int previous, int next) =>
        next == BioTags.O ? previous == BioTags.O : !BioTags.IsBegin(next);
}
