using System.Threading.Channels;
using Edge.Appliance.Configuration;
using Edge.Appliance.Health;

namespace Edge.Appliance.UncertainCases;

/// <summary>
/// Cases on their way to the store. A message is acknowledged when its case is on disk, so that a crash loses none. But answers never
/// wait for the store: where it takes longer than <see cref="UncertainCaseOptions.StoreTimeout"/>, messages are acknowledged and cases
/// wait here, in bounded memory; beyond the bound they are dropped, counted and warned of.
/// </summary>
internal sealed class UncertainCaseQueue(UncertainCaseOptions options, Metrics metrics, HealthState health, TimeProvider time)
{
    /// <summary>Code of the warning that the store cannot be written.</summary>
    public const string FailingWarning = "store-failing";

    // Not SingleReader, though there is one: that channel cannot count.
    private readonly Channel<PendingCase> _channel = Channel.CreateUnbounded<PendingCase>();
    private long _bytes;
    private long _dropped;
    private volatile bool _isBehind;

    /// <summary>Cases that wait now; those that are being written are not among them.</summary>
    public int Count => _channel.Reader.Count;

    /// <summary>About what the cases that wait or are being written take in memory.</summary>
    public long Bytes => Interlocked.Read(ref _bytes);

    /// <summary>
    /// Stores a case; ends when it is on disk, at once where cases are not kept or the store is behind, and after
    /// <see cref="UncertainCaseOptions.StoreTimeout"/> at the latest.
    /// </summary>
    /// <exception cref="OperationCanceledException">The service stopped first.</exception>
    public Task StoreAsync(in AnsweredUtterance answered)
    {
        if (!options.Enabled)
            return Task.CompletedTask;
        var pending = new PendingCase(answered);
        if (Interlocked.Add(ref _bytes, pending.Bytes) > options.WaitingMegabytes * 1_000_000L)
        {
            Leave(pending);
            Drop(1, $"the store cannot be written, and those that wait for it fill the {options.WaitingMegabytes} MB that they may take");
            return Task.CompletedTask;
        }
        pending.IsLetGo = _isBehind;
        if (!_channel.Writer.TryWrite(pending))
        {
            Leave(pending);
            return Task.FromCanceled(new CancellationToken(canceled: true));
        }
        return pending.IsLetGo ? Task.CompletedTask : WaitAsync(pending);
    }

    /// <summary>Counts cases that are lost, and warns of it.</summary>
    /// <param name="count">How many.</param>
    /// <param name="reason">Why.</param>
    public void Drop(int count, string reason)
    {
        metrics.CountCasesDropped(count);
        health.WarnOfEvent("cases-dropped", HealthSeverity.Error,
            $"{Interlocked.Add(ref _dropped, count)} uncertain cases were not kept since the start: {reason}; answers go on",
            "see the warnings of the store");
    }

    /// <summary>A case is stored or lost: its memory is free.</summary>
    public void Leave(PendingCase pending) => Interlocked.Add(ref _bytes, -pending.Bytes);

    /// <summary>The store can be written: messages wait for their cases again.</summary>
    public void CatchUp() => _isBehind = false;

    /// <summary>Waits for the next cases; false when the queue is closed and empty.</summary>
    public ValueTask<bool> WaitAsync() => _channel.Reader.WaitToReadAsync();

    /// <summary>Takes up to <paramref name="most"/> cases.</summary>
    public List<PendingCase> Take(int most)
    {
        var batch = new List<PendingCase>();
        while (batch.Count < most && _channel.Reader.TryRead(out var pending))
            batch.Add(pending);
        return batch;
    }

    /// <summary>Takes no more cases.</summary>
    public void Close() => _channel.Writer.TryComplete();

    private async Task WaitAsync(PendingCase pending)
    {
        try
        {
            await pending.Stored.Task.WaitAsync(options.StoreTimeout, time);
        }
        catch (TimeoutException)
        {
            pending.IsLetGo = true;
            _isBehind = true;
            if (health.StoreProblem is not null)
                return; // the writer knows why
            health.StoreProblem = $"a case was not written within {Durations.Format(options.StoreTimeout)}";
            health.Warn(FailingWarning, HealthSeverity.Error,
                $"{options.File} is slow or stands still: {health.StoreProblem}; utterances are answered, and cases wait in memory",
                "look at the disk and at the programs that have the file open");
        }
    }
}
