using System.Diagnostics;
using Edge.Bench.Machine;
using Edge.Bench.Statistics;

namespace Edge.Bench.Model;

/// <summary>
/// One request after another on one thread. Cases take turns in rounds, each round in another order, so that whatever else the
/// box does hits all of them alike; it ends when the medians are known well enough. A case that takes long, such as 512 tokens, misses
/// rounds until others have had as much time, so that a few of them do not take it all.
/// </summary>
internal static class ClosedLoop
{
    /// <summary>Width of the median's interval, as a part of it, that is good enough.</summary>
    public const double GoodWidth = 0.05;

    private const int FewestRounds = 12;
    private const int FewestAtAll = 3; // where the time is up

    private static readonly TimeSpan MostARound = 2 * Turn.Length; // of one case, on average

    /// <summary>Times the cases.</summary>
    /// <param name="cases">What is timed; every one was run before.</param>
    /// <param name="limit">Longest time for all of it.</param>
    /// <param name="watch">Looks at the box between rounds.</param>
    /// <param name="turn">Times one case for a turn, milliseconds; <c>null</c>: <see cref="Turn.Run"/>.</param>
    public static IReadOnlyList<CaseTimes> Run(
        IReadOnlyList<BenchCase> cases, TimeSpan limit, BoxWatch watch, Func<BenchCase, IReadOnlyList<double>>? turn = null)
    {
        turn ??= item => Turn.Run(item.Run);
        var times = cases.Select(item => new CaseTimes(item)).ToArray();
        var clock = Stopwatch.StartNew();
        for (var round = 0; round < FewestRounds || !MedianInterval.IsTimeToJudge(round) || !AreSettled(times); round++)
        {
            var isOver = clock.Elapsed >= limit;
            if (isOver && times.All(HasFewest))
                break;
            for (var i = 0; i < times.Length; i++)
            {
                var item = times[(round + i) % times.Length];
                if (isOver ? !HasFewest(item) : item.Spent <= round * MostARound)
                    item.Add(turn(item.Case));
            }
            watch.Look();
        }
        return times;
    }

    /// <summary>Whether every median is known to <see cref="GoodWidth"/>.</summary>
    public static bool AreSettled(IReadOnlyList<CaseTimes> times) => times.All(item => MedianInterval.IsKnown(item.Rounds, GoodWidth));

    private static bool HasFewest(CaseTimes times) => times.Rounds.Count >= FewestAtAll;
}
