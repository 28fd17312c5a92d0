namespace Edge.Appliance.Analysis;

/// <summary>What the golden utterances said.</summary>
/// <param name="Count">Lines that were run.</param>
/// <param name="Problems">Differences; empty where all agree.</param>
internal sealed record GoldenResult(int Count, IReadOnlyList<string> Problems);
