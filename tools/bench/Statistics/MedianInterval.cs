namespace Edge.Bench.Statistics;

/// <summary>The median of what the rounds of a measurement gave, and where it lies with 95 % (percentile bootstrap over the rounds, Efron 1979).</summary>
/// <param name="Middle">Median.</param>
/// <param name="Low">2.5th percentile of the medians of resampled rounds.</param>
/// <param name="High">97.5th percentile.</param>
internal sealed record MedianInterval(double Middle, double Low, double High)
{
    private const int Samples = 2_000;

    /// <summary>Judges values, one a round; there must be one or more.</summary>
    public static MedianInterval Of(IReadOnlyList<double> values)
    {
        var random = new Random(1);
        var sample = new double[values.Count];
        var medians = new double[Samples];
        for (var i = 0; i < Samples; i++)
        {
            for (var j = 0; j < sample.Length; j++)
                sample[j] = values[random.Next(values.Count)];
            medians[i] = Median(sample);
        }
        Array.Sort(medians);
        return new MedianInterval(Median(values), medians[(int)(0.025 * Samples)], medians[(int)(0.975 * Samples) - 1]);
    }

    /// <summary>Width of the interval, as a part of the median.</summary>
    public double RelativeWidth => (High - Low) / Middle;

    /// <summary>Middle value; the mean of the two middle ones of an even number.</summary>
    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Middle:0.00} ({Low:0.00} to {High:0.00})";
}
