using System.Diagnostics;
using Edge.Bench.Common;
using Edge.Bench.Machine;
using Edge.Bench.Model;
using Edge.Bench.Statistics;
using Edge.Bundles.Common;

namespace Edge.Bench.Comparison;

/// <summary>
/// Sides that take turns, each in a process of its own, each round in another order: what disturbs the box hits all alike, and the
/// ratio of a round is hardly disturbed. A turn is one request after another, or one each 20 ms (paced). Ends when the ratios are known
/// well enough.
/// </summary>
internal static class SideComparison
{
    /// <summary>Width of a ratio's interval, as a part of it, that is good enough.</summary>
    public const double GoodWidth = 0.02;

    private const int FewestRounds = 20;
    private const int FewestAtAll = 5;

    /// <summary>Compares.</summary>
    /// <param name="settings">Two sides or more.</param>
    /// <param name="limit">Longest time.</param>
    /// <param name="isPaced">Whether turns are paced; then of the usual length alone, because they take half a second.</param>
    /// <param name="texts">The utterances, one line each; none: made ones of several lengths.</param>
    /// <exception cref="UserException">A side cannot be started, or does not read an utterance whole.</exception>
    public static ComparisonReport Run(
        IReadOnlyList<SideSettings> settings, TimeSpan limit, bool isPaced = false, IReadOnlyList<string>? texts = null)
    {
        var sides = new List<ComparisonSide>();
        try
        {
            foreach (var side in settings)
                sides.Add(ComparisonSide.Start(side, isPaced));
            return Run(sides, limit, isPaced, TextsOf(sides, isPaced, texts ?? []));
        }
        finally
        {
            sides.ForEach(side => side.Dispose());
        }
    }

    private static IReadOnlyList<string> TextsOf(List<ComparisonSide> sides, bool isPaced, IReadOnlyList<string> own)
    {
        // What all of them read whole; a peer says nothing of it.
        var made = sides.Where(side => side.Ready.Texts.Count > 0).MinBy(side => side.Ready.Texts[^1].Length)?.Ready.Texts
            ?? throw new UserException(ExitCode.BadInput, "--compare: one side must be edge-bench's own, without runner=.");
        if (own.FirstOrDefault(text => text.Length > made[^1].Length) is { } longer)
            throw new UserException(
                ExitCode.BadInput, $"--text: an utterance has {longer.Length} characters; the sides read up to {made[^1].Length}.");
        if (own.Count > 0)
            return own;
        return isPaced ? [made.Last(text => text.Length <= BenchModel.UsualCharacters)] : made;
    }

    private static ComparisonReport Run(List<ComparisonSide> sides, TimeSpan limit, bool isPaced, IReadOnlyList<string> texts)
    {
        var rows = texts.Select(_ => sides.Select(_ => new Times([], [])).ToArray()).ToArray(); // by text and side
        foreach (var text in texts)
            sides.ForEach(side => side.Take(text));

        Progress.Say($"{sides.Count} sides in turns, {limit.TotalSeconds:0} s at most");
        var (watch, before) = (new BoxWatch(), Used());
        var clock = Stopwatch.StartNew();
        for (var round = 0; round < FewestRounds || !MedianInterval.IsTimeToJudge(round) || !rows.All(AreGood); round++)
        {
            if (round >= FewestAtAll && clock.Elapsed >= limit)
                break;
            for (var row = 0; row < rows.Length; row++)
            {
                for (var turn = 0; turn < sides.Count; turn++)
                {
                    var side = (round + turn) % sides.Count;
                    var took = sides[side].Take(texts[row]);
                    rows[row][side].All.AddRange(took);
                    rows[row][side].Rounds.Add(MedianInterval.Median(took));
                }
            }
            watch.Look();
        }

        return new ComparisonReport(
            [.. sides.Select(side => new ComparedSide(side.Name, side.Ready, side.ResidentMegabytes))],
            [.. rows.Select(
                (times, i) =>
                    new ComparedRow(texts[i].Length, [.. times.Select(side => Percentiles.Of(side.All))],
                        [.. times.Select(side => MedianInterval.Of(Ratios(times, side)))]))],
            watch.Activity(Used() - before),
            rows.All(AreGood), isPaced);

        TimeSpan Used() => sides.Aggregate(TimeSpan.Zero, (sum, side) => sum + side.ProcessorTime);
    }

    private static bool AreGood(Times[] sides) => sides.Skip(1).All(side => MedianInterval.IsKnown(Ratios(sides, side), GoodWidth));

    private static double[] Ratios(Times[] sides, Times side) => [.. side.Rounds.Zip(sides[0].Rounds, (its, first) => its / first)];

    private sealed record Times(List<double> All, List<double> Rounds);
}
