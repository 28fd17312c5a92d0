using Edge.Bench.Machine;
using Edge.Bench.Statistics;

namespace Edge.Bench.Model;

/// <summary>Everything that <c>edge-bench model</c> measured.</summary>
internal sealed record ModelReport
{
    /// <summary>Id of the bundle.</summary>
    public required string Bundle { get; init; }

    /// <summary>Precision that the appliance serves here.</summary>
    public required string Served { get; init; }

    /// <summary>Closed loop, one thread, by precision and length.</summary>
    public required IReadOnlyList<LatencyRow> Latency { get; init; }

    /// <summary>Closed loop, one thread, the model alone on several utterances a run, of the precisions whose file takes them.</summary>
    public required IReadOnlyList<BatchRow> Batches { get; init; }

    /// <summary>Requests that come when they come, usual length; the served precision first, then the others, paced.</summary>
    public required IReadOnlyList<ArrivalRow> Arriving { get; init; }

    /// <summary>By precision and number of workers, usual length.</summary>
    public required IReadOnlyList<ThroughputRow> Throughput { get; init; }

    /// <summary>By precision.</summary>
    public required IReadOnlyList<ModelFigures> Models { get; init; }

    /// <summary>Text to answer over the model alone, usual length, the served precision.</summary>
    public required MedianInterval OverModelAlone { get; init; }

    /// <summary>Precisions of the bundle that are for another kind of processor.</summary>
    public required IReadOnlyList<NotMeasured> NotMeasured { get; init; }

    /// <summary>What else the box did.</summary>
    public required BoxActivity Box { get; init; }

    /// <summary>Whether the medians of the closed loop are known to <see cref="ClosedLoop.GoodWidth"/>.</summary>
    public required bool IsSettled { get; init; }

    /// <summary>What a caller of usual length waits for at low load, the served precision: the row that a budget is held against.</summary>
    public ArrivalRow Usual => Arriving[0];

    /// <summary>Length of a usual utterance.</summary>
    public int UsualCharacters => Latency.Last(row => row.Precision == Served && row.Characters <= BenchModel.UsualCharacters).Characters;
}

/// <summary>Latency of one precision at one length.</summary>
/// <param name="Precision">Precision.</param>
/// <param name="Characters">Characters of the utterance.</param>
/// <param name="Tokens">Its tokens, special ones included.</param>
/// <param name="Milliseconds">Latencies.</param>
/// <param name="Median">Where the median lies.</param>
internal sealed record LatencyRow(string Precision, int Characters, int Tokens, Percentiles Milliseconds, MedianInterval Median);

/// <summary>A batch of one precision.</summary>
/// <param name="Precision">Precision.</param>
/// <param name="Characters">Characters of each utterance.</param>
/// <param name="Utterances">Utterances a run.</param>
/// <param name="RunMs">Where the median of a run lies, milliseconds.</param>
internal sealed record BatchRow(string Precision, int Characters, int Utterances, MedianInterval RunMs)
{
    /// <summary>The median of a run by its utterances, milliseconds.</summary>
    public double PerUtteranceMs => RunMs.Middle / Utterances;
}

/// <summary>Latency of one precision from when requests are due.</summary>
/// <param name="Precision">Precision.</param>
/// <param name="How">How they come.</param>
/// <param name="Workers">Workers that answer.</param>
/// <param name="PerSecond">Mean rate.</param>
/// <param name="Milliseconds">From due to answered.</param>
/// <param name="P99Interval">Where the 99th percentile lies, milliseconds.</param>
internal sealed record ArrivalRow(
    string Precision, string How, int Workers, double PerSecond, Percentiles Milliseconds, PercentileInterval P99Interval);

/// <summary>Answers a second of one precision.</summary>
/// <param name="Precision">Precision.</param>
/// <param name="Workers">Workers, which share one session.</param>
/// <param name="PerSecond">Answers a second.</param>
internal sealed record ThroughputRow(string Precision, int Workers, MedianInterval PerSecond);

/// <summary>Figures of one precision that do not depend on the length.</summary>
/// <param name="Precision">Precision.</param>
/// <param name="FileMegabytes">Its file.</param>
/// <param name="StartUp">A fresh process.</param>
/// <param name="BytesBeyondTheAnswer">New memory of a request beyond the answer's own, numbers in it or not, bytes.</param>
internal sealed record ModelFigures(string Precision, double FileMegabytes, StartUp StartUp, double BytesBeyondTheAnswer);

/// <summary>A precision that the bundle has and this command does not run.</summary>
/// <param name="Precision">Precision.</param>
/// <param name="Reason">Why, as the end of a sentence.</param>
internal sealed record NotMeasured(string Precision, string Reason)
{
    /// <summary>Those of a bundle.</summary>
    /// <param name="precisions">What the bundle has.</param>
    public static IReadOnlyList<NotMeasured> Of(IEnumerable<string> precisions) =>
        [.. precisions.Where(precision => precision == Bundles.Precision.Fp16)
            .Select(precision => new NotMeasured(precision, "for CUDA, and is not measured here, on the processor"))];
}
