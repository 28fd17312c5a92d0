using System.Collections.Concurrent;
using Edge.Appliance.Analysis;
using Edge.Appliance.Configuration;

namespace Edge.Appliance.Tests.Analysis;

public sealed class AnalysisQueueTests
{
    [Fact]
    public async Task Queue_BeyondItsCapacity_RefusesOrWaits()
    {
        var queue = new AnalysisQueue(new AnalysisOptions { QueueCapacity = 2 });
        Assert.NotNull(queue.TryAnalyze("1", null));
        Assert.NotNull(queue.TryAnalyze("2", null));
        Assert.Null(queue.TryAnalyze("3", null));
        var waiting = queue.AnalyzeAsync("4", null, TestContext.Current.CancellationToken);
        Assert.Equal(2, queue.Length);

        queue.Close(); // those that wait are still worked on; the one without a place is refused
        var texts = new List<string>();
        while (await queue.WaitAsync(CancellationToken.None))
        {
            if (queue.TryTake() is { } pending)
                texts.Add(pending.Text);
        }
        Assert.Equal(["1", "2"], texts[..2]);
        if (texts.Count == 2)
            await Assert.ThrowsAsync<OperationCanceledException>(() => waiting);
    }

    // The watchdog kept its answers, and with each one memory that the next caller's could have used.
    [Fact]
    public async Task Probe_ItsAnswer_IsGivenBack()
    {
        var pool = new ConcurrentBag<AnalysisBuffers>();
        var buffers = AnalysisBuffers.Rent(pool, []);
        var queue = new AnalysisQueue(new AnalysisOptions());
        var probe = queue.ProbeAsync(TestContext.Current.CancellationToken);
        queue.Close();
        while (await queue.WaitAsync(CancellationToken.None))
            queue.TryTake()?.Completion.SetResult(
                new AnalyzedUtterance
                {
                    Text = AnalysisQueue.Probe, Bundle = "b", Heads = [], Predictions = [], Accepted = [], Truncated = false,
                    Buffers = buffers
                });

        await probe;

        Assert.Same(buffers, Assert.Single(pool));
    }
}
