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
    private readonly double[] _toOutside; // by previous tag
    private readonly double[] _fromOutside; // by next tag: the factor behind O less that of unseen pairs; 0 for O and I
    private readonly Move[] _moves;

    /// <summary>Computes the factors.</summary>
    /// <param name="pairs">The bonuses.</param>
    /// <param name="temperature">Calibration temperature that they are divided by, &gt; 0.</param>
    public TagPotentials(TagPairs pairs, float temperature)
    {
        Temperature = temperature;
        _pairs = pairs;
        _unseen = Array.ConvertAll(_pairs.Unseen, bonus => Factor(bonus, temperature));
        _stay = Array.ConvertAll(_pairs.Stay, bonus => Factor(bonus, temperature));
        _toOutside = Array.ConvertAll(_pairs.ToOutside, bonus => Factor(bonus, temperature));
        _fromOutside = new double[_unseen.Length];
        for (var begin = 1; begin < _unseen.Length; begin += 2)
            _fromOutside[begin] = Factor(_pairs.FromOutside[begin], temperature) - _unseen[BioTags.O];
        _moves = [.. _pairs.Moves.ToArray()
            .Select(pair => new Move(pair.Previous, pair.Next, Factor(pair.Bonus, temperature) - _unseen[pair.Previous]))];
    }

    /// <summary>The temperature.</summary>
    public float Temperature { get; }

    /// <summary>Sums what reaches each tag: next[j] = Σ previous[i] × factor(i, j) over the pairs that BIO allows.</summary>
    /// <param name="previous">Weights at the earlier token, by tag.</param>
    /// <param name="next">Receives the weights at the later token, before its own emissions.</param>
    /// <param name="isJoined">The later token continues the word of the earlier one: no entity begins or ends between them.</param>
    public void Forward(ReadOnlySpan<double> previous, Span<double> next, bool isJoined)
    {
        next[BioTags.O] = isJoined ? previous[BioTags.O] * _stay[BioTags.O] : VectorMath.SumOfProducts(previous, _toOutside);
        TagVectors.SumsBehind(previous, _stay, isJoined ? 0 : VectorMath.SumOfProducts(previous, _unseen), next);
        if (isJoined)
            return;
        VectorMath.AddProducts(next, _fromOutside, previous[BioTags.O]);
        foreach (var (from, to, extra) in _moves)
            next[to] += previous[from] * extra;
    }

    /// <summary>Sums what leaves each tag: previous[i] = Σ factor(i, j) × next[j] over the pairs that BIO allows.</summary>
    /// <param name="next">Weights at the later token, its own emissions included, by tag.</param>
    /// <param name="previous">Receives the weights at the earlier token.</param>
    /// <param name="isJoined">As for <see cref="Forward"/>.</param>
    public void Backward(ReadOnlySpan<double> next, Span<double> previous, bool isJoined)
    {
        var begins = isJoined ? 0 : TagVectors.SumOfBegins(next);
        TagVectors.SumsBefore(next, _stay, _unseen, begins, previous);
        previous[BioTags.O] = isJoined
            ? next[BioTags.O] * _stay[BioTags.O]
            : (_unseen[BioTags.O] * begins) + VectorMath.SumOfProducts(next, _fromOutside);
        if (isJoined)
            return;
        VectorMath.AddProducts(previous, _toOutside, next[BioTags.O]);
        foreach (var (from, to, extra) in _moves)
            previous[from] += next[to] * extra;
    }

    /// <summary>The factor of one pair that BIO allows.</summary>
    public double Of(int previous, int next)
    {
        if (next == BioTags.O)
            return _toOutside[previous];
        if (next == TagPairs.StayingTag(previous))
            return _stay[previous];
        if (previous == BioTags.O)
            return _unseen[previous] + _fromOutside[next];
        var move = _pairs.IndexOfMove(previous, next);
        return move < 0 ? _unseen[previous] : _unseen[previous] + _moves[move].Extra;
    }

    // Beyond e^±300 a factor would end the range of double within a few tokens; no trained head comes near.
    private static double Factor(double bonus, float temperature) => Math.Exp(Math.Clamp(bonus / temperature, -300, 300));

    /// <summary>A seen pair: its factor less that of unseen pairs.</summary>
    private readonly record struct Move(int From, int To, double Extra);
}
