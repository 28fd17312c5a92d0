using System.Threading.Channels;
using Edge.Appliance.Configuration;
using Edge.Appliance.Health;

namespace Edge.Appliance.UncertainCases;

/// <summary>
/// Cases on their way to the store. Those of MQTT are bounded by the messages in flight, those of HTTP by <see cref="IsCongested"/>.
/// </summary>
internal sealed class UncertainCaseQueue(UncertainCaseOptions options, Metrics metrics)
{
    private const int CongestedAt = 1_000;

    // Not SingleReader, though there is one: that channel cannot count.
    private readonly Channel<PendingCase> _channel = Channel.CreateUnbounded<PendingCase>();

    /// <summary>Whether cases that nobody waits for should be dropped, because the store is far behind.</summary>
    public bool IsCongested => _channel.Reader.Count >= CongestedAt;

    /// <summary>Stores a case; ends when it is on disk, or at once where cases are not kept.</summary>
    /// <exception cref="OperationCanceledException">The service stopped first.</exception>
    public Task StoreAsync(in AnsweredUtterance answered)
    {
        if (!options.Enabled)
            return Task.CompletedTask;
        var pending = new PendingCase(answered);
        return _channel.Writer.TryWrite(pending) ? pending.Stored.Task : Task.FromCanceled(new CancellationToken(canceled: true));
    }

    /// <summary>Counts a case that is not stored.</summary>
    public Task Drop()
    {
        metrics.CountCasesDropped(1);
        return Task.CompletedTask;
    }

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
}
