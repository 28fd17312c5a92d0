using System.Diagnostics;
using System.Text.Json;
using Edge.Bench.Machine;
using Edge.Bench.Statistics;

namespace Edge.Bench.Comparison;

/// <summary>
/// Sides that take turns, each in a process of its own, each round in another order: what disturbs the box hits all alike, and the
/// ratio of a round is hardly disturbed. Ends when the ratios are known well enough.
/// </summary>
internal static class SideComparison
{
    /// <summary>Width of a ratio's interval, as a part of it, that is good enough.</summary>
    public const double GoodWidth = 0.02;

    private const int FewestRounds = 20;
    private const int FewestAtAll = 5;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>Compares.</summary>
    /// <param name="settings">Two sides or more.</param>
    /// <param name="limit">Longest time.</param>
    public static ComparisonReport Run(IReadOnlyList<SideSettings> settings, TimeSpan limit)
    {
        var processes = new List<MeasuredProcess>();
        try
        {
            foreach (var side in settings)
                processes.Add(new MeasuredProcess(side.Program, side.Arguments, new Dictionary<string, string>(), ""));
            return Run(settings, processes, limit);
        }
        finally
        {
            processes.ForEach(process => process.Dispose());
        }
    }

    private static ComparisonReport Run(IReadOnlyList<SideSettings> settings, List<MeasuredProcess> processes, TimeSpan limit)
    {
        SideReady[] ready = [.. processes.Select(process => JsonSerializer.Deserialize<SideReady>(process.Ready, Json)!)];
        var texts = ready.MinBy(side => side.Texts[^1].Length)!.Texts; // what all of them read whole
        var rows = texts.Select(_ => processes.Select(_ => new Times([], [])).ToArray()).ToArray(); // by text and side
        foreach (var text in texts)
            processes.ForEach(process => process.Ask(text));

        var (watch, before) = (new BoxWatch(), Used());
        var clock = Stopwatch.StartNew();
        for (var round = 0; round < FewestRounds || !rows.All(AreGood); round++)
        {
            if (round >= FewestAtAll && clock.Elapsed >= limit)
                break;
            for (var row = 0; row < rows.Length; row++)
            {
                for (var turn = 0; turn < processes.Count; turn++)
                {
                    var side = (round + turn) % processes.Count;
                    double[] took = [.. processes[side].Ask(texts[row]).EnumerateArray().Select(time => time.GetDouble())];
                    rows[row][side].All.AddRange(took);
                    rows[row][side].Rounds.Add(MedianInterval.Median(took));
                }
            }
            watch.Look();
        }

        return new ComparisonReport(
            [.. settings.Select((side, i) => new ComparedSide(side.Name, ready[i], processes[i].ResidentMegabytes))],
            [.. rows.Select((sides, i) => new ComparedRow(texts[i].Length, [.. sides.Select(side => Percentiles.Of(side.All))], [.. sides.Select(side => Ratio(sides, side))]))],
            watch.Activity(Used() - before),
            rows.All(AreGood));

        TimeSpan Used() => processes.Aggregate(TimeSpan.Zero, (sum, process) => sum + process.ProcessorTime);
    }

    private static bool AreGood(Times[] sides) => sides.All(side => Ratio(sides, side).RelativeWidth < GoodWidth);

    private static MedianInterval Ratio(Times[] sides, Times side) => MedianInterval.Of([.. side.Rounds.Zip(sides[0].Rounds, (its, first) => its / first)]);

    private sealed record Times(List<double> All, List<double> Rounds);
}
