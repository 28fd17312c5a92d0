namespace Edge.Bench.Statistics;

/// <summary>Percentiles of a run's latencies, in milliseconds (nearest rank).</summary>
/// <param name="Count">Requests.</param>
/// <param name="P50">Median.</param>
/// <param name="P90">90th percentile.</param>
/// <param name="P99">99th percentile; the slowest where there are fewer than a hundred.</param>
/// <param name="P999">99.9th percentile; the slowest where there are fewer than a thousand.</param>
/// <param name="Max">Slowest.</param>
internal sealed record Percentiles(int Count, double P50, double P90, double P99, double P999, double Max)
{
    /// <summary>Sorts a copy of the samples and reads the percentiles off.</summary>
    /// <param name="milliseconds">At least one sample.</param>
    public static Percentiles Of(IEnumerable<double> milliseconds)
    {
        double[] sorted = [.. milliseconds.Order()];
        return new Percentiles(sorted.Length, At(0.5), At(0.9), At(0.99), At(0.999), sorted[^1]);

        double At(double share) => sorted[Math.Max(0, (int)Math.Ceiling(share * sorted.Length) - 1)];
    }
}
