using Edge.Bundles.Tasks;

namespace Edge.Bundles.Decoding;

/// <summary>Transitions as factors of a path's probability, at one temperature.</summary>
/// <remarks>
/// Nearly all pairs of tags share the factor of their previous tag; only seen pairs have one of their own, and it is never
/// smaller. So a step over all pairs costs tags and seen pairs, not tags squared, and only ever adds.
/// </remarks>
internal sealed class TagPotentials
{
    private readonly TagPairs _pairs;
    private readonly double[] _unseen;
    private readonly double[] _stay;
    private readonly double[] _extra; // by pair: its factor less that of unseen pairs

    /// <summary>Computes the factors.</summary>
    /// <param name="transitions">The bonuses.</param>
    /// <param name="temperature">Calibration temperature that they are divided by, &gt; 0.</param>
    public TagPotentials(TagTransitions transitions, float temperature)
    {
        Temperature = temperature;
        _pairs = transitions.Pairs;
        _unseen = Array.ConvertAll(transitions.Unseen, bonus => Factor(bonus, temperature));
        _stay = Array.ConvertAll(_pairs.Stay, bonus => Factor(bonus, temperature));
        _extra = new double[_pairs.Count];
        for (var pair = 0; pair < _extra.Length; pair++)
            _extra[pair] = Factor(_pairs.Bonuses[pair], temperature) - _unseen[_pairs.Previous[pair]];
    }

    /// <summary>The temperature.</summary>
    public float Temperature { get; }

    /// <summary>Sums what reaches each tag: next[j] = Σ previous[i] × factor(i, j) over the pairs that BIO allows.</summary>
    /// <param name="previous">Weights at the earlier token, by tag.</param>
    /// <param name="next">Receives the weights at the later token, before its own emissions.</param>
    /// <param name="isJoined">The later token continues the word of the earlier one: no entity begins or ends between them.</param>
    public void Forward(ReadOnlySpan<double> previous, Span<double> next, bool isJoined)
    {
        var all = isJoined ? 0 : VectorMath.SumOfProducts(previous, _unseen);
        next[BioTags.O] = isJoined
            ? previous[BioTags.O] * _stay[BioTags.O]
            : all + (previous[BioTags.O] * (_stay[BioTags.O] - _unseen[BioTags.O]));
        for (var begin = 1; begin < _unseen.Length; begin += 2)
        {
            next[begin] = all;
            next[begin + 1] = (previous[begin] * _stay[begin]) + (previous[begin + 1] * _stay[begin + 1]);
        }
        if (isJoined)
            return;
        var from = _pairs.Previous;
        var to = _pairs.Next;
        for (var pair = 0; pair < _extra.Length; pair++)
            next[to[pair]] += previous[from[pair]] * _extra[pair];
    }

    /// <summary>Sums what leaves each tag: previous[i] = Σ factor(i, j) × next[j] over the pairs that BIO allows.</summary>
    /// <param name="next">Weights at the later token, its own emissions included, by tag.</param>
    /// <param name="previous">Receives the weights at the earlier token.</param>
    /// <param name="isJoined">As for <see cref="Forward"/>.</param>
    public void Backward(ReadOnlySpan<double> next, Span<double> previous, bool isJoined)
    {
        var begins = 0.0;
        var all = 0.0;
        if (!isJoined)
        {
            for (var begin = 1; begin < next.Length; begin += 2)
                begins += next[begin];
            all = begins + next[BioTags.O];
        }
        previous[BioTags.O] = (_stay[BioTags.O] * next[BioTags.O]) + (_unseen[BioTags.O] * begins);
        for (var begin = 1; begin < next.Length; begin += 2)
        {
            previous[begin] = (_stay[begin] * next[begin + 1]) + (_unseen[begin] * all);
            previous[begin + 1] = (_stay[begin + 1] * next[begin + 1]) + (_unseen[begin + 1] * all);
        }
        if (isJoined)
            return;
        var from = _pairs.Previous;
        var to = _pairs.Next;
        for (var pair = 0; pair < _extra.Length; pair++)
            previous[from[pair]] += next[to[pair]] * _extra[pair];
    }

    /// <summary>The factor of one pair that BIO allows.</summary>
    public double Of(int previous, int next)
    {
        if (next == TagPairs.StayingTag(previous))
            return _stay[previous];
        var pair = _pairs.Find(previous, next);
        return pair < 0 ? _unseen[previous] : _unseen[previous] + _extra[pair];
    }

    // Beyond e^±300 a factor would end the range of double within a few tokens; no trained head comes near.
    private static double Factor(float bonus, float temperature) => Math.Exp(Math.Clamp((double)bonus / temperature, -300, 300));
}
