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

    /// <summary>Sum of all times.</summary>
    public TimeSpan Spent { get; private set; }

    /// <summary>Where the median lies.</summary>
    public MedianInterval Median => MedianInterval.Of(Rounds);

    /// <summary>Adds a turn.</summary>
    /// <param name="turn">Its times, milliseconds; one or more.</param>
    public void Add(IReadOnlyList<double> turn)
    {
        Milliseconds.AddRange(turn);
        Rounds.Add(MedianInterval.Median(turn));
        Spent += TimeSpan.FromMilliseconds(turn.Sum());
    }
}
