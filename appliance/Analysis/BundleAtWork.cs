namespace Edge.Appliance.Analysis;

/// <summary>A ready bundle whose workers take utterances from the queue.</summary>
internal sealed class BundleAtWork : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();

    private BundleAtWork(ReadyBundle ready, AnalysisQueue queue, Func<ReadyBundle, IReadOnlyList<IAnalysisWorker>> createWorkers)
    {
        Ready = ready;
        var workers = createWorkers(ready).Select(worker => Task.Run(() => worker.RunAsync(queue, _stop.Token))).ToArray();
        Completion = FirstFailureAsync(workers);
    }

    /// <summary>The bundle.</summary>
    public ReadyBundle Ready { get; }

    /// <summary>Ends when all workers have ended, and fails as soon as one does.</summary>
    public Task Completion { get; }

    /// <summary>Starts the workers.</summary>
    public static BundleAtWork Start(
        ReadyBundle ready, AnalysisQueue queue, Func<ReadyBundle, IReadOnlyList<IAnalysisWorker>> createWorkers) =>
        new(ready, queue, createWorkers);

    /// <summary>Lets the workers finish what they have taken, then frees the bundle.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Completion;
        Ready.Dispose();
        _stop.Dispose();
    }

    private static async Task FirstFailureAsync(Task[] workers)
    {
        await foreach (var worker in Task.WhenEach(workers))
            await worker;
    }
}
