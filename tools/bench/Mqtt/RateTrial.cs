using Edge.Bench.Statistics;

namespace Edge.Bench.Mqtt;

/// <summary>What happened at one rate.</summary>
/// <param name="PerSecond">Mean rate of utterances.</param>
/// <param name="Sent">Utterances that were sent.</param>
/// <param name="Answered">Those that were answered.</param>
/// <param name="Refused">Those that got an error.</param>
/// <param name="Milliseconds">From when an utterance was due to its answer, broker included; <c>null</c>: none was answered.</param>
/// <param name="InAppliance">Of that in the appliance, as its answers say.</param>
internal sealed record RateTrial(double PerSecond, int Sent, int Answered, int Refused, Percentiles? Milliseconds, Percentiles? InAppliance)
{
    /// <summary>Whether every utterance was answered, and 99 of 100 within a budget.</summary>
    public bool IsWithin(double budgetMs) => Answered == Sent && Milliseconds?.P99 <= budgetMs;
}
