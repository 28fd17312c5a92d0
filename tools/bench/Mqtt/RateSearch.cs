namespace Edge.Bench.Mqtt;

/// <summary>Looks for the highest rate that is within a budget.</summary>
internal static class RateSearch
{
    private const double First = 20;
    private const double Most = 200_000; // no broker is that fast
    private const double GoodEnough = 1.05; // between a rate that is within and one that is not

    /// <summary>Doubles the rate until it is too high, then halves the distance.</summary>
    /// <param name="attempt">Tries a rate.</param>
    /// <param name="budgetMs">The budget.</param>
    /// <returns>All trials, by rate.</returns>
    public static async Task<IReadOnlyList<RateTrial>> RunAsync(Func<double, Task<RateTrial>> attempt, double budgetMs)
    {
        var trials = new List<RateTrial>();
        var (low, high) = (0.0, First);
        while (high <= Most && await IsWithin(high))
            (low, high) = (high, high * 2);
        while (low > 0 && high <= Most && high / low > GoodEnough)
        {
            var middle = Math.Round(Math.Sqrt(low * high));
            if (await IsWithin(middle))
                low = middle;
            else
                high = middle;
        }
        return [.. trials.OrderBy(trial => trial.PerSecond)];

        async Task<bool> IsWithin(double rate)
        {
            var trial = await attempt(rate);
            trials.Add(trial);
            return trial.IsWithin(budgetMs);
        }
    }
}
