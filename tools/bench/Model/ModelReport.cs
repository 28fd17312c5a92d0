using Edge.Bench.Machine;
using Edge.Bench.Statistics;

namespace Edge.Bench.Model;

/// <summary>Everything that <c>edge-bench model</c> measured.</summary>
/// <param name="Bundle">Id of the bundle.</param>
/// <param name="Served">Precision that the appliance serves here.</param>
/// <param name="Latency">Closed loop, one thread, by precision and length.</param>
/// <param name="Batches">Closed loop, one thread, the model alone on several utterances a run, of the precisions whose file takes them.</param>
/// <param name="Arriving">Requests that come when they come, usual length; the served precision first, then the others, paced.</param>
/// <param name="Throughput">By precision and number of workers, usual length.</param>
/// <param name="Models">By precision.</param>
/// <param name="OverModelAlone">Text to answer over the model alone, usual length, the served precision.</param>
/// <param name="NotMeasured">Precisions of the bundle that are for another kind of processor.</param>
/// <param name="Box">What else the box did.</param>
/// <param name="IsSettled">Whether the medians of the closed loop are known to <see cref="ClosedLoop.GoodWidth"/>.</param>
internal sealed record ModelReport(
    string Bundle, string Served, IReadOnlyList<LatencyRow> Latency, IReadOnlyList<BatchRow> Batches, IReadOnlyList<ArrivalRow> Arriving, IReadOnlyList<ThroughputRow> Throughput,
    IReadOnlyList<ModelFigures> Models, MedianInterval OverModelAlone, IReadOnlyList<NotMeasured> NotMeasured, BoxActivity Box, bool IsSettled)
{
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
internal sealed record ArrivalRow(string Precision, string How, int Workers, double PerSecond, Percentiles Milliseconds, PercentileInterval P99Interval);

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
        [.. precisions.Where(precision => precision == Bundles.Precision.Fp16).Select(precision => new NotMeasured(precision, "for CUDA, and is not measured here, on the processor"))];
}
