namespace Edge.Trainer.Evaluation;

/// <summary>
/// How well a score separates utterances out of scope from those in scope, higher for those out of it. Utterances are sorted once; the
/// figures of any sample of them take one pass.
/// </summary>
internal sealed class Separation
{
    /// <summary>Share of the utterances in scope that <see cref="RecallAt95"/> accepts.</summary>
    public const double AcceptedInScope = 0.95;

    private readonly int[] _order; // highest score first
    private readonly double[] _scores;
    private readonly bool[] _isOut;

    /// <summary>Sorts.</summary>
    /// <param name="scores">Score of each utterance.</param>
    /// <param name="isOut">Whether it is out of scope.</param>
    public Separation(IReadOnlyList<double> scores, IReadOnlyList<bool> isOut)
    {
        (_scores, _isOut) = ([.. scores], [.. isOut]);
        _order = [.. Enumerable.Range(0, scores.Count).OrderByDescending(i => scores[i])];
    }

    /// <summary>
    /// Area under the ROC curve: how often an utterance out of scope has a higher score than one in scope, equal ones counting half.
    /// </summary>
    public double Auroc => Figures([]).Auroc;

    /// <summary>Share of the utterances out of scope that are found where 95 % of those in scope are accepted.</summary>
    public double RecallAt95 => Figures([]).RecallAt95;

    /// <summary>Both.</summary>
    /// <param name="weights">How often each utterance is taken; empty: once each. NaN without any of either side.</param>
    public (double Auroc, double RecallAt95) Figures(ReadOnlySpan<int> weights)
    {
        var (inside, outside) = (0.0, 0.0);
        for (var i = 0; i < _isOut.Length; i++)
        {
            var times = weights.IsEmpty ? 1 : weights[i];
            (inside, outside) = _isOut[i] ? (inside, outside + times) : (inside + times, outside);
        }
        if (inside == 0 || outside == 0)
            return (double.NaN, double.NaN);

        var refused = (1 - AcceptedInScope) * inside * (1 + 1e-12); // of those in scope, at most; 5 % of 20 is 1
        var (above, found, area, recall) = (0.0, 0.0, 0.0, 0.0); // in scope and out of it with a higher score
        for (var start = 0; start < _order.Length;)
        {
            var (insideHere, outsideHere, end) = (0.0, 0.0, start);
            for (; end < _order.Length && _scores[_order[end]] == _scores[_order[start]]; end++)
            {
                var times = weights.IsEmpty ? 1 : weights[_order[end]];
                (insideHere, outsideHere) = _isOut[_order[end]] ? (insideHere, outsideHere + times) : (insideHere + times, outsideHere);
            }
            area += outsideHere * (inside - above - (insideHere / 2));
            (above, found, start) = (above + insideHere, found + outsideHere, end);
            if (above <= refused)
                recall = found / outside;
        }
        return (area / (inside * outside), recall);
    }
}
