namespace Edge.Bench.Training;

/// <summary>The median of the rounds' ratios, and where it lies with 95 % (percentile bootstrap over the rounds, Efron 1979).</summary>
/// <param name="Middle">Median.</param>
/// <param name="Low">2.5th percentile of the medians of resampled rounds.</param>
/// <param name="High">97.5th percentile.</param>
internal sealed record RatioInterval(double Middle, double Low, double High)
{
    private const int Samples = 2_000;

    /// <summary>Judges ratios, one a round; there must be one or more.</summary>
    public static RatioInterval Of(IReadOnlyList<double> ratios)
    {
        var random = new Random(1);
        var sample = new double[ratios.Count];
        var medians = new double[Samples];
        for (var i = 0; i < Samples; i++)
        {
            for (var j = 0; j < sample.Length; j++)
                sample[j] = ratios[random.Next(ratios.Count)];
            medians[i] = Median(sample);
        }
        Array.Sort(medians);
        return new RatioInterval(Median(ratios), medians[(int)(0.025 * Samples)], medians[(int)(0.975 * Samples) - 1]);
    }

    /// <summary>Middle value; the mean of the two middle ones of an even number.</summary>
    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Middle:0.00} ({Low:0.00} to {High:0.00})";
}
