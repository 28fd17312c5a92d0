using Edge.Appliance.Health;

namespace Edge.Appliance.Analysis;

/// <summary>A processor's worker: one utterance a run. A run is single-threaded, so a worker per core uses the machine.</summary>
internal sealed class UtteranceWorker(Analyzer analyzer, Metrics metrics) : IAnalysisWorker
{
    /// <inheritdoc/>
    public async Task RunAsync(AnalysisQueue queue, CancellationToken stop)
    {
        while (await queue.WaitAsync(stop))
        {
            if (queue.TryTake() is { } pending)
                Answer(pending);
        }
    }

    /// <summary>Answers one utterance.</summary>
    public void Answer(PendingAnalysis pending)
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
