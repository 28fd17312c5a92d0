using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Edge.Bundles.Common;

namespace Edge.Appliance.Health;

/// <summary>What the appliance counts since its start, as instruments under the names that <c>/metrics</c> shows. Thread-safe.</summary>
internal sealed class Metrics : IDisposable
{
    private readonly ConcurrentDictionary<string, long> _errors = new();
    private readonly Counter<long> _answers;
    private readonly Counter<long> _duplicates;
    private readonly Counter<long> _reusedIds;
    private readonly Counter<long> _uncertain;
    private readonly Counter<long> _late;
    private readonly Counter<long> _truncated;
    private readonly Counter<long> _keepWarmRuns;
    private readonly Counter<long> _stored;
    private readonly Counter<long> _dropped;
    private readonly Histogram<double> _latency;
    private long _utterances;
    private long _analyses;

    /// <summary>Creates the instruments.</summary>
    public Metrics()
    {
        Meter.CreateObservableCounter("edge_utterances_total", () => Utterances,
            description: "Well-formed utterances received over MQTT and HTTP, repeated ones not counted.");
        _answers = Counter("edge_answers_total", "Answers written, repeated ones not counted.");
        _duplicates = Counter("edge_duplicates_total", "Utterances with an id that was answered or taken before.");
        _reusedIds = Counter("edge_reused_ids_total", "Those of them whose text was another one.");
        _uncertain = Counter("edge_uncertain_total", "Answers in which a head stayed below its threshold.");
        _late = Counter("edge_late_total", "Answers that came after the sender's deadline.");
        _truncated = Counter("edge_truncated_total", "Utterances longer than the model reads.");
        _keepWarmRuns = Counter("edge_keep_warm_runs_total",
            "Runs of the model that nobody asked for, so that the processor's caches stay warm (Analysis:KeepWarm).");
        _stored = Counter("edge_uncertain_cases_stored_total", "Uncertain cases written to the store.");
        _dropped = Counter("edge_uncertain_cases_dropped_total",
            "Uncertain cases not kept: the store was full, or could not be written for long.");
        Meter.CreateObservableCounter(
            "edge_errors_total",
            () => _errors.Select(error => new Measurement<long>(error.Value, new KeyValuePair<string, object?>("code", error.Key))),
            description: "Errors by code.");
        // Seconds. Fine around the millisecond that an analysis takes, coarse where only the order matters.
        _latency = Meter.CreateHistogram(
            "edge_answer_latency_seconds", "s", "From receipt of an utterance to its answer.",
            advice: new InstrumentAdvice<double>
            {
                HistogramBucketBoundaries = [0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 5]
            });
    }

    /// <summary>Where the instruments are; gauges of other parts join them.</summary>
    public Meter Meter { get; } = new("Edge.Appliance", ProductVersion.Text);

    /// <summary>Utterances of callers.</summary>
    public long Utterances => Interlocked.Read(ref _utterances);

    /// <summary>Runs of the model that somebody waited for, probes included.</summary>
    public long Analyses => Interlocked.Read(ref _analyses);

    public void CountUtterance() => Interlocked.Increment(ref _utterances);

    public void CountAnalysis(bool truncated)
    {
        Interlocked.Increment(ref _analyses);
        if (truncated)
            _truncated.Add(1);
    }

    public void CountKeepWarmRun() => _keepWarmRuns.Add(1);

    public void CountAnswer(TimeSpan latency, bool late)
    {
        _answers.Add(1);
        _latency.Record(latency.TotalSeconds);
        if (late)
            _late.Add(1);
    }

    public void CountUncertain() => _uncertain.Add(1);

    public void CountDuplicate(bool otherText)
    {
        _duplicates.Add(1);
        if (otherText)
            _reusedIds.Add(1);
    }

    /// <summary>Counts errors; 0 only has the code shown.</summary>
    public void CountError(string code, int count = 1) => _errors.AddOrUpdate(code, count, (_, before) => before + count);

    public void CountCasesStored(int count) => _stored.Add(count);

    public void CountCasesDropped(int count) => _dropped.Add(count);

    /// <inheritdoc/>
    public void Dispose() => Meter.Dispose();

    private Counter<long> Counter(string name, string description) => Meter.CreateCounter<long>(name, description: description);
}
