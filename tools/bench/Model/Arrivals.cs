namespace Edge.Bench.Model;

/// <summary>When requests come, in milliseconds from the start: one at least, because what was not asked cannot be judged.</summary>
internal static class Arrivals
{
    /// <summary>Between requests that come one by one, milliseconds: as long as an utterance's caches have to get cold.</summary>
    public const double PacedMs = 20;

    /// <summary>One each interval.</summary>
    public static double[] Paced(double intervalMs, TimeSpan duration) =>
        [.. Enumerable.Range(1, Math.Max(1, (int)(duration.TotalMilliseconds / intervalMs))).Select(i => i * intervalMs)];

    /// <summary>Independent callers: exponential gaps (Poisson process).</summary>
    /// <param name="perSecond">Mean rate.</param>
    /// <param name="duration">How long.</param>
    /// <param name="seed">Seed of the gaps.</param>
    public static double[] Poisson(double perSecond, TimeSpan duration, int seed) => Bursts(perSecond, 1, duration, seed);

    /// <summary>
    /// Groups that come at the same moment, the groups as independent callers do. A first one that is due later comes at the end of the
    /// time.
    /// </summary>
    /// <param name="perSecond">Mean rate of requests, not of groups.</param>
    /// <param name="size">Requests of a group.</param>
    /// <param name="duration">How long.</param>
    /// <param name="seed">Seed of the gaps.</param>
    public static double[] Bursts(double perSecond, int size, TimeSpan duration, int seed)
    {
        var random = new Random(seed);
        var due = new List<double>();
        var at = Gap();
        do
        {
            due.AddRange(Enumerable.Repeat(Math.Min(at, duration.TotalMilliseconds), size));
            at += Gap();
        }
        while (at < duration.TotalMilliseconds);
        return [.. due];

        double Gap() => -Math.Log(1 - random.NextDouble()) * 1000 * size / perSecond;
    }
}
