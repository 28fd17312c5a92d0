namespace Edge.Bench;

/// <summary>Percentiles of a run's latencies, in milliseconds (nearest rank).</summary>
/// <param name="P50">Median.</param>
/// <param name="P90">90th percentile.</param>
/// <param name="P99">99th percentile.</param>
/// <param name="Max">Slowest.</param>
internal sealed record Percentiles(double P50, double P90, double P99, double Max)
{
    /// <summary>Sorts the samples and reads the percentiles off.</summary>
    /// <param name="milliseconds">At least one sample; sorted in place.</param>
    public static Percentiles Of(List<double> milliseconds)
    {
        milliseconds.Sort();
        return new Percentiles(At(0.5), At(0.9), At(0.99), milliseconds[^1]);

        double At(double share) => milliseconds[Math.Max(0, (int)Math.Ceiling(share * milliseconds.Count) - 1)];
    }
}
