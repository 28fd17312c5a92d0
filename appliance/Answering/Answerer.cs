using Edge.Appliance.Analysis;
using Edge.Appliance.Health;
using Edge.Appliance.Shadowing;
using Edge.Appliance.UncertainCases;

namespace Edge.Appliance.Answering;

/// <summary>From utterance to answer: queue, analysis, JSON, and for an uncertain one the store.</summary>
internal sealed partial class Answerer(
    AnalysisQueue queue, UncertainCaseQueue cases, ShadowQueue shadow, Metrics metrics, HealthState health,
    TimeProvider time, ILogger<Answerer> logger)
{
    /// <summary>Answers, waiting for space in the queue.</summary>
    /// <param name="line">Line that the utterance came from.</param>
    /// <param name="utterance">The utterance.</param>
    /// <param name="received">Timestamp of the receipt.</param>
    /// <exception cref="AnalysisException">It could not be analysed.</exception>
    /// <exception cref="OperationCanceledException">The service is stopping.</exception>
    public Task<Answer> AnswerAsync(string line, Utterance utterance, long received)
    {
        metrics.CountUtterance();
        return FinishAsync(
            line, utterance, received, queue.AnalyzeAsync(utterance.Text, utterance.Context, CancellationToken.None));
    }

    /// <summary>Answers, or returns null where the queue is full. Nobody waits for the store of these.</summary>
    /// <exception cref="AnalysisException">It could not be analysed.</exception>
    public async Task<Answer?> TryAnswerAsync(string line, Utterance utterance, long received)
    {
        if (queue.TryAnalyze(utterance.Text, utterance.Context) is not { } analysis)
            return null;
        metrics.CountUtterance();
        return await FinishAsync(line, utterance, received, analysis);
    }

    private async Task<Answer> FinishAsync(string line, Utterance utterance, long received, Task<AnalyzedUtterance> analysis)
    {
        try
        {
            using var analyzed = await analysis;
            return Finish(line, utterance, received, analyzed);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            Log.AnalysisFailed(logger, line, utterance.Id, failure);
            health.WarnOfEvent("analysis-failed", HealthSeverity.Error, $"an utterance could not be analysed: {failure.Message}",
                "run edge-appliance check; if it fails, train or install another bundle");
            throw new AnalysisException(failure);
        }
    }

    private Answer Finish(string line, Utterance utterance, long received, AnalyzedUtterance analyzed)
    {
        var latency = time.GetElapsedTime(received);
        var receivedAt = time.GetUtcNow() - latency;
        var details = new AnswerDetails
        {
            Id = utterance.Id ?? Guid.CreateVersion7(receivedAt).ToString("N"),
            Latency = latency,
            Late = utterance.Deadline is { } deadline && time.GetUtcNow() - (utterance.SpokenAt ?? receivedAt) > deadline,
        };
        metrics.CountAnswer(latency, details.Late);
        var json = AnswerWriter.Write(analyzed, details);
        var answered = new AnsweredUtterance(line, utterance, analyzed, details, receivedAt);
        shadow.Offer(answered);
        if (!analyzed.IsUncertain)
            return new Answer(json, Task.CompletedTask);

        metrics.CountUncertain();
        return new Answer(json, cases.StoreAsync(answered));
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "Line {Line}: utterance {Id} could not be analysed")]
        public static partial void AnalysisFailed(ILogger logger, string line, string? id, Exception failure);
    }
}
