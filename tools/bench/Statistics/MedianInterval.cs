namespace Edge.Bench.Statistics;

/// <summary>
/// The median of what the rounds of a measurement gave, and where it lies with 95 % (percentile bootstrap over the rounds, Efron 1979).
/// </summary>
/// <param name="Middle">Median.</param>
/// <param name="Low">2.5th percentile of the medians of resampled rounds.</param>
/// <param name="High">97.5th percentile.</param>
internal sealed record MedianInterval(double Middle, double Low, double High)
{
    private const int Samples = 2_000;
    private const int Fewest = 6; // of five values even the least and the greatest hold the median with 94 % alone
    private const double LaterEachTime = 1.05;

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

    /// <summary>Whether a median is known: its interval has its 95 %, and is narrow.</summary>
    /// <param name="values">One a round.</param>
    /// <param name="width">Width of the interval, as a part of the median, that is good enough.</param>
    public static bool IsKnown(IReadOnlyList<double> values, double width) => values.Count >= Fewest && Of(values).RelativeWidth < width;

    /// <summary>
    /// Whether medians are judged after so many rounds: each time a twentieth later, because judging hundreds of rounds takes longer than
    /// one.
    /// </summary>
    /// <param name="rounds">1 or more.</param>
    public static bool IsTimeToJudge(int rounds) =>
        (int)Math.Log(rounds, LaterEachTime) > (int)Math.Log(Math.Max(1, rounds - 1), LaterEachTime);

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
