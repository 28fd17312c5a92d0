using System.Text.Json.Serialization;
using Edge.Bench.Machine;
using Edge.Bench.Model;
using Edge.Bench.Statistics;

namespace Edge.Bench.Comparison;

/// <summary>What a comparison found.</summary>
/// <param name="Sides">The sides; the first is what the others are held against.</param>
/// <param name="Rows">By length.</param>
/// <param name="Box">What else the box did.</param>
/// <param name="IsSettled">Whether every ratio is known to <see cref="SideComparison.GoodWidth"/>.</param>
/// <param name="IsPaced">Whether it was one request each 20 ms.</param>
internal sealed record ComparisonReport(
    IReadOnlyList<ComparedSide> Sides, IReadOnlyList<ComparedRow> Rows, BoxActivity Box, bool IsSettled, bool IsPaced)
{
    /// <summary>The row of an utterance of usual length; the first row where all are longer.</summary>
    [JsonIgnore]
    public ComparedRow Usual => Rows.LastOrDefault(row => row.Characters <= BenchModel.UsualCharacters) ?? Rows[0];

    /// <summary>A sentence where the ratios are not known as well as they should be.</summary>
    public IEnumerable<string> Doubts() => IsSettled ? [] : [Box.TooNoisyFor($"ratios within {SideComparison.GoodWidth:0 %}")];
}

/// <summary>A side.</summary>
/// <param name="Name">As it was named.</param>
/// <param name="Ready">What it says of itself.</param>
/// <param name="ResidentMegabytes">Resident memory at the end.</param>
internal sealed record ComparedSide(string Name, SideReady Ready, double ResidentMegabytes);

/// <summary>Figures of one length, by side.</summary>
/// <param name="Characters">Characters of the utterance.</param>
/// <param name="Milliseconds">Latencies.</param>
/// <param name="Ratios">Time over the first side's in the same round; 1 for the first side.</param>
internal sealed record ComparedRow(int Characters, IReadOnlyList<Percentiles> Milliseconds, IReadOnlyList<MedianInterval> Ratios);
