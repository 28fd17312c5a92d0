namespace Edge.Bench.Gpu;

/// <summary>Times of one bucket.</summary>
/// <param name="Rows">Utterances of a run.</param>
/// <param name="Length">Tokens of each, padding included.</param>
/// <param name="P50Ms">Median of its runs, with the copying of tokens into the bucket.</param>
/// <param name="P99Ms">99th percentile.</param>
/// <param name="SameBits">Whether its logits are those of the appliance's settings, bit by bit.</param>
internal sealed record GpuRow(int Rows, int Length, double P50Ms, double P99Ms, bool SameBits);
