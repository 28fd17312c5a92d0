namespace Edge.Trainer.Evaluation;

/// <summary>Errors and correlations of a <c>score</c> head.</summary>
internal static class ScoreFigures
{
    /// <summary>Mean absolute and mean squared error, its root, and Pearson's correlation (NaN where one side does not vary).</summary>
    /// <param name="gold">Annotated values.</param>
    /// <param name="answered">Answers to the same utterances.</param>
    /// <param name="weights">How often each counts; empty: once.</param>
    public static (string Name, double Value)[] Compute(ReadOnlySpan<double> gold, ReadOnlySpan<double> answered, ReadOnlySpan<int> weights)
    {
        double all = 0, absolute = 0, squared = 0;
        for (var i = 0; i < gold.Length; i++)
        {
            var (times, error) = (weights.IsEmpty ? 1 : weights[i], Math.Abs(gold[i] - answered[i]));
            all += times;
            absolute += times * error;
            squared += times * error * error;
        }
        var mse = all == 0 ? 0 : squared / all;
        return [("mae", all == 0 ? 0 : absolute / all), ("mse", mse), ("rmse", Math.Sqrt(mse)),
            ("pearson", Pearson(gold, answered, weights))];
    }

    /// <summary>Pearson's correlation; NaN where one side does not vary.</summary>
    public static double Pearson(ReadOnlySpan<double> x, ReadOnlySpan<double> y, ReadOnlySpan<int> weights = default)
    {
        double all = 0, sumX = 0, sumY = 0;
        for (var i = 0; i < x.Length; i++)
        {
            var times = weights.IsEmpty ? 1 : weights[i];
            all += times;
            sumX += times * x[i];
            sumY += times * y[i];
        }
        double xx = 0, yy = 0, xy = 0;
        for (var i = 0; i < x.Length; i++)
        {
            var times = weights.IsEmpty ? 1 : weights[i];
            var (dx, dy) = (x[i] - (sumX / all), y[i] - (sumY / all));
            xx += times * dx * dx;
            yy += times * dy * dy;
            xy += times * dx * dy;
        }
        return xx > 1e-12 && yy > 1e-12 ? xy / Math.Sqrt(xx * yy) : double.NaN;
    }

    /// <summary>Spearman's rank correlation: Pearson's over ranks, equal values sharing the mean of theirs.</summary>
    public static double Spearman(IReadOnlyList<double> x, IReadOnlyList<double> y) => Pearson(Ranks(x), Ranks(y));

    private static double[] Ranks(IReadOnlyList<double> values)
    {
        var order = Enumerable.Range(0, values.Count).OrderBy(i => values[i]).ToArray();
        var ranks = new double[values.Count];
        for (var start = 0; start < order.Length;)
        {
            var end = start + 1;
            while (end < order.Length && values[order[end]] == values[order[start]])
                end++;
            for (var i = start; i < end; i++)
                ranks[order[i]] = (start + end - 1) / 2.0;
            start = end;
        }
        return ranks;
    }
}
