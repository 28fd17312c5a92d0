using Edge.Bench.Common;
using Edge.Bench.Statistics;

namespace Edge.Bench.Mqtt;

/// <summary>What happened at one rate.</summary>
/// <param name="PerSecond">Mean rate of utterances.</param>
/// <param name="Sent">Utterances that were sent.</param>
/// <param name="Answered">Those that were answered.</param>
/// <param name="Refused">Those that got an error.</param>
/// <param name="Milliseconds">From when an utterance was due to its answer, broker included; <c>null</c>: none was answered.</param>
/// <param name="P99Interval">Where the 99th percentile of that lies, milliseconds.</param>
/// <param name="InAppliance">Of that in the appliance, as its answers say.</param>
internal sealed record RateTrial(double PerSecond, int Sent, int Answered, int Refused, Percentiles? Milliseconds,
    PercentileInterval? P99Interval, Percentiles? InAppliance)
{
    /// <summary>Sums up what became of the utterances.</summary>
    public static RateTrial Of(double perSecond, LoadResult load)
    {
        var isAnswered = load.Milliseconds.Count > 0;
        return new RateTrial(
            perSecond, load.Sent, load.Milliseconds.Count, load.Refused, isAnswered ? Percentiles.Of(load.Milliseconds) : null,
            isAnswered ? PercentileInterval.Of(load.Milliseconds, 0.99) : null, isAnswered ? Percentiles.Of(load.InAppliance) : null);
    }

    /// <summary>Whether every utterance was answered, and 99 of 100 within a budget.</summary>
    public bool IsWithin(double budgetMs) => Judge(budgetMs, TimeSpan.Zero) is { IsWithin: true };

    /// <summary>Holds it against a budget.</summary>
    /// <param name="budgetMs">The budget.</param>
    /// <param name="duration">How long it was asked to take.</param>
    /// <returns><c>null</c>: an utterance was not answered, which no budget allows.</returns>
    public BudgetVerdict? Judge(double budgetMs, TimeSpan duration) =>
        Answered == Sent && Milliseconds is not null && P99Interval is not null
        ? new BudgetVerdict(Milliseconds, P99Interval, budgetMs, duration)
        : null;
}
