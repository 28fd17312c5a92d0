using System.Globalization;

namespace Edge.Bench.Model;

/// <summary>What a run means for a budget: the 99th percentile that was measured decides, and its interval says how sure that is.</summary>
/// <param name="Usual">Callers that come one after the other.</param>
/// <param name="BudgetMs">Longest wait that is accepted.</param>
/// <param name="Duration">How long the run was asked to take.</param>
internal sealed record BudgetVerdict(ArrivalRow Usual, double BudgetMs, TimeSpan Duration)
{
    private const int FewestSeconds = 20; // from there on the interval has both ends
    private const int MostSeconds = 3600;

    /// <summary>Whether 99 of 100 callers waited no longer.</summary>
    public bool IsWithin => Usual.Milliseconds.P99 <= BudgetMs;

    /// <summary>Whether the whole interval is on the verdict's side of the budget.</summary>
    public bool IsSure => IsWithin ? Usual.P99Interval.High <= BudgetMs : Usual.P99Interval.Low > BudgetMs;

    /// <summary>The verdict in words.</summary>
    public string Sentence()
    {
        var p99 = Usual.Milliseconds.P99;
        var verdict = IsWithin
            ? string.Create(CultureInfo.InvariantCulture, $"Within the budget: 99 of 100 callers wait at most {p99:0.00} ms ({Interval()}) of {BudgetMs:0.##} ms.")
            : string.Create(CultureInfo.InvariantCulture, $"Over the budget: one of 100 callers waits longer than {p99:0.00} ms ({Interval()}); the budget is {BudgetMs:0.##} ms. 'edge-bench doctor' says what would make this box faster.");
        return IsSure ? verdict : string.Create(CultureInfo.InvariantCulture, $"{verdict} {Usual.Milliseconds.Count} requests cannot tell yet: run longer with --seconds {LongerSeconds()}.");
    }

    private string Interval() => string.Create(CultureInfo.InvariantCulture, $"95 %: {Usual.P99Interval.Low:0.00} ")
        + (Usual.P99Interval.High is { } high ? string.Create(CultureInfo.InvariantCulture, $"to {high:0.00}") : "or more");

    // Four times as many requests halve the interval.
    private int LongerSeconds() => Math.Min(MostSeconds, Duration.TotalSeconds < FewestSeconds ? FewestSeconds : 4 * (int)Duration.TotalSeconds);
}
