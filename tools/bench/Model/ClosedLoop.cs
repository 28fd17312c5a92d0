using System.Diagnostics;
using Edge.Bench.Machine;
using Edge.Bench.Statistics;

namespace Edge.Bench.Model;

/// <summary>
/// One request after another on one thread. Cases take turns in rounds, each round in another order, so that whatever else the
/// box does hits all of them alike; it ends when the medians are known well enough.
/// </summary>
internal static class ClosedLoop
{
    /// <summary>Width of the median's interval, as a part of it, that is good enough.</summary>
    public const double GoodWidth = 0.05;

    private const int FewestRounds = 12;
    private const int FewestAtAll = 3;

    /// <summary>Times the cases.</summary>
    /// <param name="cases">What is timed; every one was run before.</param>
    /// <param name="limit">Longest time for all of it.</param>
    /// <param name="watch">Looks at the box between rounds.</param>
    public static IReadOnlyList<CaseTimes> Run(IReadOnlyList<BenchCase> cases, TimeSpan limit, BoxWatch watch)
    {
        var times = cases.Select(item => new CaseTimes(item)).ToArray();
        var clock = Stopwatch.StartNew();
        for (var round = 0; round < FewestRounds || !AreSettled(times); round++)
        {
            if (round >= FewestAtAll && clock.Elapsed >= limit)
                break;
            for (var turn = 0; turn < times.Length; turn++)
                Take(times[(round + turn) % times.Length]);
            watch.Look();
        }
        return times;
    }

    /// <summary>Whether every median is known to <see cref="GoodWidth"/>.</summary>
    public static bool AreSettled(IReadOnlyList<CaseTimes> times) => times.All(item => item.Median.RelativeWidth < GoodWidth);

    private static void Take(CaseTimes times)
    {
        var turn = Turn.Run(times.Case.Run);
        times.Milliseconds.AddRange(turn);
        times.Rounds.Add(MedianInterval.Median(turn));
    }
}
