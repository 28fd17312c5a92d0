using Edge.Bench.Statistics;

namespace Edge.Bench.Model;

/// <summary>Times of one case, round after round.</summary>
/// <param name="Case">The case.</param>
internal sealed record CaseTimes(BenchCase Case)
{
    /// <summary>All times, milliseconds.</summary>
    public List<double> Milliseconds { get; } = [];

    /// <summary>Median of each round, milliseconds.</summary>
    public List<double> Rounds { get; } = [];

    /// <summary>Where the median lies.</summary>
    public MedianInterval Median => MedianInterval.Of(Rounds);
}
