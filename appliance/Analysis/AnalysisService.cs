using Edge.Appliance.Health;

namespace Edge.Appliance.Analysis;

/// <summary>Runs the workers, which share one session: a run is single-threaded, so a worker per core uses the machine.</summary>
internal sealed partial class AnalysisService(
    AnalysisQueue queue, Analyzer analyzer, AnalysisOptions options, Metrics metrics, HealthState health, ILogger<AnalysisService> logger)
    : BackgroundService
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
                // One utterance that the model cannot take must not end the service: after a restart the broker would
                // deliver it again, and so for ever.
                Log.AnalysisFailed(logger, failure.Message);
                health.Warn("analysis-failed", HealthSeverity.Error, $"an utterance could not be analysed: {failure.Message}",
                    "run edge-appliance check; if it fails, train or install another bundle");
                pending.Completion.SetException(failure);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "An utterance could not be analysed: {Reason}")]
        public static partial void AnalysisFailed(ILogger logger, string reason);
    }
}
