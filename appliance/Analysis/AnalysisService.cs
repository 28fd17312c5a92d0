using Edge.Appliance.Configuration;
using Edge.Appliance.Health;

namespace Edge.Appliance.Analysis;

/// <summary>Runs the workers, which share one session: a run is single-threaded, so a worker per core uses the machine.</summary>
internal sealed class AnalysisService(AnalysisQueue queue, Analyzer analyzer, AnalysisOptions options, Metrics metrics) : BackgroundService
{
    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(Enumerable.Range(0, options.Workers).Select(_ => Task.Run(WorkAsync, CancellationToken.None)));

    /// <summary>Lets the workers empty the queue. Who fills it has stopped before: hosted services stop in reverse order.</summary>
    public override Task StopAsync(CancellationToken cancellationToken)
    {
        queue.Close();
        return base.StopAsync(cancellationToken);
    }

    private async Task WorkAsync()
    {
        await foreach (var pending in queue.ReadAllAsync())
        {
            try
            {
                var analyzed = analyzer.Analyze(pending.Text, pending.Context);
                metrics.CountAnalysis(analyzed.Truncated);
                pending.Completion.SetResult(analyzed);
            }
            catch (Exception failure)
            {
                // Whoever waits reports it. One utterance that the model cannot take must not end the service: after a
                // restart the broker would deliver it again, and so for ever.
                pending.Completion.SetException(failure);
            }
        }
    }
}
