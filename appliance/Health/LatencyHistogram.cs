namespace Edge.Appliance.Health;

/// <summary>A histogram in Prometheus's sense: cumulative buckets, sum and count. Thread-safe.</summary>
internal sealed class LatencyHistogram
{
    // Seconds. Fine around the millisecond that an analysis takes, coarse where only the order matters.
    private static readonly double[] Bounds = [0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 5];

    private readonly long[] _counts = new long[Bounds.Length + 1];
    private long _sumTicks;

    /// <summary>Adds one latency.</summary>
    public void Add(TimeSpan latency)
    {
        var bucket = 0;
        while (bucket < Bounds.Length && latency.TotalSeconds > Bounds[bucket])
            bucket++;
        Interlocked.Increment(ref _counts[bucket]);
        Interlocked.Add(ref _sumTicks, latency.Ticks);
    }

    /// <summary>Bucket bounds with their cumulative counts (the last bound is infinite), the sum in seconds and the count.</summary>
    public (IReadOnlyList<(double Bound, long Count)> Buckets, double Sum, long Count) Read()
    {
        var buckets = new (double, long)[_counts.Length];
        long total = 0;
        for (var i = 0; i < buckets.Length; i++)
        {
            total += Interlocked.Read(ref _counts[i]);
            buckets[i] = (i < Bounds.Length ? Bounds[i] : double.PositiveInfinity, total);
        }
        // The count is the last bucket's by definition, so that a reader never sees the two differ.
        return (buckets, TimeSpan.FromTicks(Interlocked.Read(ref _sumTicks)).TotalSeconds, total);
    }
}
