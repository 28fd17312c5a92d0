using Edge.Appliance.Configuration;
using Edge.Appliance.Health;

namespace Edge.Appliance.Analysis;

/// <summary>
/// While callers come, sends a short utterance of its own through queue, worker and model where none of theirs waits, so that
/// code and weights stay in the processor's caches and the next caller does not wait for them (docs/adr/0010 has what it
/// gives and costs). Its answers go nowhere.
/// </summary>
internal sealed class KeepWarmService(AnalysisQueue queue, Metrics metrics, AnalysisOptions options, TimeProvider time) : BackgroundService
{
    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.KeepWarm == TimeSpan.Zero)
            return;
        var schedule = new KeepWarmSchedule(options.KeepWarm);
        using var timer = new PeriodicTimer(schedule.Period, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            var isWanted = schedule.Tick(metrics.Utterances);
            if (timer.Period != schedule.Period)
                timer.Period = schedule.Period; // begins a period anew
            if (isWanted && queue.Length == 0)
            {
                await queue.ProbeAsync(stoppingToken);
                metrics.CountKeepWarmRun();
            }
        }
    }
}
