namespace Edge.Bench.Statistics;

/// <summary>
/// Where a percentile lies with 95 %, whatever the distribution: how many of n samples are above it is binomial, so two of the samples
/// bound it (order statistics; David and Nagaraja, Order Statistics, 7.1). Samples that are slow in company make it too narrow.
/// </summary>
/// <param name="Low">It is at least that.</param>
/// <param name="High">It is at most that; <c>null</c>: there are too few samples to say, as below 368 for the 99th percentile.</param>
internal sealed record PercentileInterval(double Low, double? High)
{
    private const double Tail = 0.025;

    /// <summary>Judges samples.</summary>
    /// <param name="samples">One or more.</param>
    /// <param name="share">The percentile, between 0 and 1.</param>
    public static PercentileInterval Of(IEnumerable<double> samples, double share)
    {
        double[] sorted = [.. samples.Order()];
        double? high = null;
        var odds = Math.Log((1 - share) / share);
        // of the probability that none is above; the probability itself can be too small for a double
        var log = sorted.Length * Math.Log(share);
        var atMost = 0.0; // probability that so many or fewer are above
        for (var above = 0; above < sorted.Length; above++)
        {
            atMost += Math.Exp(log);
            if (atMost <= Tail)
                high = sorted[^(above + 1)];
            if (atMost >= 1 - Tail)
                return new PercentileInterval(sorted[^(above + 1)], high);
            log += Math.Log((sorted.Length - above) / (above + 1.0)) + odds;
        }
        return new PercentileInterval(sorted[0], high);
    }
}
