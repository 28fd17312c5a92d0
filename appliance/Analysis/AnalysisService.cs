using Edge.Appliance.Health;

namespace Edge.Appliance.Analysis;

/// <summary>Keeps the workers of the bundle that serves running, and changes to another bundle's without an utterance lost.</summary>
internal sealed class AnalysisService(AnalysisQueue queue, BundleInService inService, Metrics metrics, HealthState health)
    : BackgroundService
{
    private volatile BundleAtWork? _atWork;

    /// <summary>
    /// Changes the bundle: 1. the new one's workers start beside the old ones; 2. one assignment makes it the one that serves;
    /// 3. the old workers finish what they have taken; 4. the old bundle is freed. Not for two callers at once.
    /// </summary>
    /// <param name="next">The bundle; the service's from here on.</param>
    public async Task ChangeAsync(ReadyBundle next)
    {
        var old = _atWork ?? throw new InvalidOperationException("No bundle serves yet.");
        _atWork = Start(next);
        inService.Current = next;
        await old.DisposeAsync();
    }

    /// <summary>Lets the workers empty the queue. Who fills it has stopped before: hosted services stop in reverse order.</summary>
    public override Task StopAsync(CancellationToken cancellationToken)
    {
        queue.Close();
        return base.StopAsync(cancellationToken);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        BundleAtWork? atWork = _atWork = Start(inService.Current);
        for (; ; )
        {
            await atWork.Completion;
            if (atWork == _atWork)
                return;
            atWork = _atWork;
        }
    }

    private BundleAtWork Start(ReadyBundle ready)
    {
        health.Clear(ReadyBundle.LostGpuWarning); // of the bundle before
        if (ready.Warning is { } warning)
            health.Warn(warning.Code, warning.Severity, warning.Text, warning.Remedy);
        else
            health.Clear(RunnerChoice.UnusedGpuWarning);
        return BundleAtWork.Start(ready, queue, bundle => bundle.CreateWorkers(metrics, health, inService.TellOfChange));
    }
}
