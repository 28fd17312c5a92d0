using Edge.Bench.Statistics;

namespace Edge.Bench.Swap;

/// <summary>What callers noticed of bundles that changed.</summary>
/// <param name="PerSecond">Mean rate of utterances.</param>
/// <param name="Swaps">Changes of the bundle.</param>
/// <param name="SwapMilliseconds">From the request for a change to its verdict; null: the other bundle was a candidate.</param>
/// <param name="Compared">Utterances that the candidate answered, too; null: there was none.</param>
/// <param name="Sent">Utterances that were sent.</param>
/// <param name="Lost">Those that were not answered, or got an error.</param>
/// <param name="Wrong">Those that were answered otherwise than the bundle that the answer names had answered the same text before.</param>
/// <param name="ByBundle">Answers by the bundle that they name.</param>
/// <param name="Quiet">Waits while nothing changed.</param>
/// <param name="Changing">Waits while bundles changed, or a candidate was tried.</param>
/// <param name="MegabytesBefore">Resident memory of the appliance, after both bundles had served once.</param>
/// <param name="MegabytesAfter">Resident memory at the end.</param>
internal sealed record SwapReport(
    double PerSecond, int Swaps, Percentiles? SwapMilliseconds, long? Compared, int Sent, int Lost, int Wrong,
    IReadOnlyDictionary<string, int> ByBundle, Percentiles Quiet, Percentiles Changing, double MegabytesBefore, double MegabytesAfter)
{
    /// <summary>Changing over quiet.</summary>
    public double P99Ratio => Changing.P99 / Quiet.P99;

    /// <summary>Growth of the memory, percent.</summary>
    public double GrowthPercent => 100 * (MegabytesAfter / MegabytesBefore - 1);
}
