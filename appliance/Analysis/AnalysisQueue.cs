using System.Threading.Channels;
using Edge.Appliance.Configuration;

namespace Edge.Appliance.Analysis;

/// <summary>
/// Utterances that wait for a worker. Bounded: MQTT waits for space while the broker holds the rest (receive maximum), HTTP
/// is refused.
/// </summary>
internal sealed class AnalysisQueue
{
    /// <summary>Text of <see cref="ProbeAsync"/>.</summary>
    public const string Probe = "1";

    private readonly Channel<PendingAnalysis> _channel;

    /// <summary>Creates a queue.</summary>
    public AnalysisQueue(AnalysisOptions options)
    {
        Capacity = options.QueueCapacity;
        _channel = Channel.CreateBounded<PendingAnalysis>(Capacity);
    }

    /// <summary>Most utterances that wait.</summary>
    public int Capacity { get; }

    /// <summary>Utterances that wait now.</summary>
    public int Length => _channel.Reader.Count;

    /// <summary>Analyses an utterance, waiting for space in the queue.</summary>
    /// <exception cref="OperationCanceledException">The queue was closed first.</exception>
    public async Task<AnalyzedUtterance> AnalyzeAsync(string text, string? context, CancellationToken cancellation)
    {
        var pending = new PendingAnalysis(text, context);
        try
        {
            await _channel.Writer.WriteAsync(pending, cancellation);
        }
        catch (ChannelClosedException)
        {
            throw new OperationCanceledException("the service is stopping");
        }
        return await pending.Completion.Task;
    }

    /// <summary>Analyses an utterance, or returns null where the queue is full.</summary>
    public Task<AnalyzedUtterance>? TryAnalyze(string text, string? context)
    {
        var pending = new PendingAnalysis(text, context);
        return _channel.Writer.TryWrite(pending) ? pending.Completion.Task : null;
    }

    /// <summary>Sends an utterance of our own the way of every other, through queue, worker and model; its answer goes nowhere.</summary>
    public async Task ProbeAsync(CancellationToken cancellation)
    {
        using var analyzed = await AnalyzeAsync(Probe, null, cancellation);
    }

    /// <summary>Waits for the next utterance; false where the queue is closed and empty, or <paramref name="stop"/> says so.</summary>
    public async ValueTask<bool> WaitAsync(CancellationToken stop)
    {
        if (stop.IsCancellationRequested)
            return false;
        try
        {
            return await _channel.Reader.WaitToReadAsync(stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return false;
        }
    }

    /// <summary>Takes the utterance that has waited longest; null where another worker was faster.</summary>
    public PendingAnalysis? TryTake() => _channel.Reader.TryRead(out var pending) ? pending : null;

    /// <summary>Tells who waits that the service is stopping: the broker will deliver the utterance again.</summary>
    public static void GiveUp(PendingAnalysis pending) =>
        pending.Completion.SetException(new OperationCanceledException("the service is stopping"));

    /// <summary>Refuses further utterances, and gives those up that wait.</summary>
    public void Abandon()
    {
        Close();
        while (TryTake() is { } pending)
            GiveUp(pending);
    }

    /// <summary>Refuses further utterances; those that wait are still analysed.</summary>
    public void Close() => _channel.Writer.TryComplete();
}
