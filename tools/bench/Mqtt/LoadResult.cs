namespace Edge.Bench.Mqtt;

/// <summary>What became of the utterances of a while.</summary>
/// <param name="Sent">Utterances that were sent.</param>
/// <param name="Refused">Those that got an error.</param>
/// <param name="Milliseconds">Of each that was answered, from when it was due to its answer.</param>
/// <param name="InAppliance">Of that in the appliance, as its answers say.</param>
internal sealed record LoadResult(
    int Sent, int Refused, IReadOnlyList<double> Milliseconds, IReadOnlyList<double> InAppliance);
