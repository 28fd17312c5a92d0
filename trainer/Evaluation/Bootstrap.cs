using Edge.Trainer.Common;

namespace Edge.Trainer.Evaluation;

/// <summary>
/// Confidence intervals of any figure by the percentile bootstrap (Efron and Tibshirani 1993, chapter 13): utterances are drawn
/// with replacement, as many as there are, and the middle 95 % of the figures so obtained is the interval. Seeded: the same
/// answers give the same interval.
/// </summary>
internal static class Bootstrap
{
    /// <summary>Samples drawn.</summary>
    public const int Resamples = 2000;

    private const int Seed = 1;

    /// <summary>Gives the figures of a sample.</summary>
    /// <param name="weights">How often each utterance is in the sample.</param>
    public delegate double[] Statistic(ReadOnlySpan<int> weights);

    /// <summary>Intervals of several figures over the same samples.</summary>
    /// <param name="count">Utterances, at least 1.</param>
    /// <param name="statistic">The figures of a sample, always as many; NaN where a sample has none.</param>
    public static IReadOnlyList<Interval> Intervals(int count, Statistic statistic)
    {
        var random = SeededRandom.For(Seed, "bootstrap");
        var samples = new double[Resamples][];
        var weights = new int[count];
        for (var i = 0; i < Resamples; i++)
        {
            Array.Clear(weights);
            for (var draw = 0; draw < count; draw++)
                weights[random.Next(count)]++;
            samples[i] = statistic(weights);
        }
        return [.. Enumerable.Range(0, samples[0].Length)
            .Select(figure => Middle([.. samples.Select(sample => sample[figure]).Where(double.IsFinite)]))];
    }

    private static Interval Middle(double[] values)
    {
        if (values.Length == 0)
            return new Interval(double.NaN, double.NaN);
        Array.Sort(values);
        return new Interval(Percentile(values, 0.025), Percentile(values, 0.975));
    }

    // Between two values in proportion, as most statistics programs do by default (Hyndman and Fan 1996, type 7).
    private static double Percentile(double[] sorted, double share)
    {
        var position = share * (sorted.Length - 1);
        var below = (int)position;
        var above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + ((position - below) * (sorted[above] - sorted[below]));
    }
}
