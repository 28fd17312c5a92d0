using System.Globalization;
using Edge.Bench.Statistics;

namespace Edge.Bench.Common;

/// <summary>What a run means for a budget: the 99th percentile that was measured decides, and its interval says how sure that is.</summary>
/// <param name="Milliseconds">How long callers waited.</param>
/// <param name="P99Interval">Where the 99th percentile lies.</param>
/// <param name="BudgetMs">Longest wait that is accepted.</param>
/// <param name="Duration">How long the run was asked to take.</param>
internal sealed record BudgetVerdict(Percentiles Milliseconds, PercentileInterval P99Interval, double BudgetMs, TimeSpan Duration)
{
    private const double FewestOfAnInterval = 368; // from there on it has both ends
    private const double TimesLonger = 4; // four times as many requests halve the interval
    private const int MostSeconds = 3600;

    /// <summary>Whether 99 of 100 callers waited no longer.</summary>
    public bool IsWithin => Milliseconds.P99 <= BudgetMs;

    /// <summary>Whether the whole interval is on the verdict's side of the budget.</summary>
    public bool IsSure => IsWithin ? P99Interval.High <= BudgetMs : P99Interval.Low > BudgetMs;

    /// <summary>The verdict in words.</summary>
    /// <param name="load">How callers came, as <c> at 20 utterances a second</c>; empty: as usual.</param>
    public string Sentence(string load = "") => (IsWithin
        ? string.Create(CultureInfo.InvariantCulture,
            $"Within the budget{load}: 99 of 100 callers wait at most {Milliseconds.P99:0.00} ms ({Interval()}) of {BudgetMs:0.##} ms.")
        : string.Create(CultureInfo.InvariantCulture,
            $"Over the budget{load}: one of 100 callers waits longer than {Milliseconds.P99:0.00} ms ({Interval()}); the budget is " +
            $"{BudgetMs:0.##} ms. 'edge-bench doctor' says what would make this box faster."))
        + (IsSure ? "" : $" {Milliseconds.Count} requests cannot tell yet: run longer with --seconds {LongerSeconds()}.");

    private string Interval() => string.Create(CultureInfo.InvariantCulture, $"95 %: {P99Interval.Low:0.00} ")
        + (P99Interval.High is { } high ? string.Create(CultureInfo.InvariantCulture, $"to {high:0.00}") : "or more");

    private int LongerSeconds() =>
        (int)Math.Min(MostSeconds, Math.Ceiling(Duration.TotalSeconds * Math.Max(TimesLonger, FewestOfAnInterval / Milliseconds.Count)));
}
