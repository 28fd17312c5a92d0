using System.Collections.Concurrent;

namespace Edge.Appliance.Health;

/// <summary>Counts since the start of the process. Thread-safe.</summary>
internal sealed class Metrics
{
    private readonly ConcurrentDictionary<string, long> _errors = new();
    private long _utterances;
    private long _answers;
    private long _analyses;
    private long _truncated;
    private long _keepWarmRuns;
    private long _uncertain;
    private long _duplicates;
    private long _reusedIds;
    private long _late;
    private long _stored;
    private long _dropped;

    /// <summary>Latencies of answers, from receipt to answer.</summary>
    public LatencyHistogram Latency { get; } = new();

    public long Utterances => Interlocked.Read(ref _utterances);

    public long Answers => Interlocked.Read(ref _answers);

    public long Analyses => Interlocked.Read(ref _analyses);

    public long Truncated => Interlocked.Read(ref _truncated);

    public long KeepWarmRuns => Interlocked.Read(ref _keepWarmRuns);

    public long Uncertain => Interlocked.Read(ref _uncertain);

    public long Duplicates => Interlocked.Read(ref _duplicates);

    public long ReusedIds => Interlocked.Read(ref _reusedIds);

    public long Late => Interlocked.Read(ref _late);

    public long CasesStored => Interlocked.Read(ref _stored);

    public long CasesDropped => Interlocked.Read(ref _dropped);

    /// <summary>Errors by code.</summary>
    public IReadOnlyDictionary<string, long> Errors => _errors;

    public void CountUtterance() => Interlocked.Increment(ref _utterances);

    public void CountAnalysis(bool truncated)
    {
        Interlocked.Increment(ref _analyses);
        if (truncated)
            Interlocked.Increment(ref _truncated);
    }

    public void CountKeepWarmRun() => Interlocked.Increment(ref _keepWarmRuns);

    public void CountAnswer(TimeSpan latency, bool late)
    {
        Interlocked.Increment(ref _answers);
        Latency.Add(latency);
        if (late)
            Interlocked.Increment(ref _late);
    }

    public void CountUncertain() => Interlocked.Increment(ref _uncertain);

    public void CountDuplicate(bool otherText)
    {
        Interlocked.Increment(ref _duplicates);
        if (otherText)
            Interlocked.Increment(ref _reusedIds);
    }

    public void CountError(string code) => _errors.AddOrUpdate(code, 1, (_, count) => count + 1);

    public void CountCasesStored(int count) => Interlocked.Add(ref _stored, count);

    public void CountCasesDropped(int count) => Interlocked.Add(ref _dropped, count);
}
