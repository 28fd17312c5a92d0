using Edge.Appliance.Health;
using Edge.Appliance.UncertainCases;

namespace Edge.Appliance.Analysis;

/// <summary>From utterance to answer: queue, analysis, JSON, and for an uncertain one the store.</summary>
internal sealed class Answerer(
    AnalysisQueue queue, ServedBundle bundle, UncertainCaseFactory cases, UncertainCaseQueue store, Metrics metrics, TimeProvider time)
{
    /// <summary>Answers, waiting for space in the queue.</summary>
    /// <param name="line">Line that the utterance came from.</param>
    /// <param name="utterance">The utterance.</param>
    /// <param name="received">Timestamp of the receipt.</param>
    /// <param name="cancellation">Ends the wait for space.</param>
    public async Task<Answer> AnswerAsync(string line, Utterance utterance, long received, CancellationToken cancellation)
    {
        metrics.CountUtterance();
        var analyzed = await queue.AnalyzeAsync(utterance.Text, utterance.Context, cancellation);
        return Finish(line, utterance, received, analyzed, mustStore: true);
    }

    /// <summary>Answers, or returns null where the queue is full. Nobody waits for the store of these.</summary>
    public async Task<Answer?> TryAnswerAsync(string line, Utterance utterance, long received)
    {
        if (queue.TryAnalyze(utterance.Text, utterance.Context) is not { } analysis)
            return null;
        metrics.CountUtterance();
        return Finish(line, utterance, received, await analysis, mustStore: false);
    }

    private Answer Finish(string line, Utterance utterance, long received, AnalyzedUtterance analyzed, bool mustStore)
    {
        var latency = time.GetElapsedTime(received);
        var receivedAt = time.GetUtcNow() - latency;
        var details = new AnswerDetails
        {
            Id = utterance.Id ?? Guid.CreateVersion7(receivedAt).ToString("N"),
            Bundle = bundle.Id,
            Latency = latency,
            Late = utterance.Deadline is { } deadline && time.GetUtcNow() > (utterance.SpokenAt ?? receivedAt) + deadline,
        };
        metrics.CountAnswer(latency, details.Late);
        var json = AnswerWriter.Write(analyzed, details);
        if (!analyzed.IsUncertain)
            return new Answer(json, Task.CompletedTask);

        metrics.CountUncertain();
        var stored = mustStore || !store.IsCongested
            ? store.StoreAsync(cases.Create(line, utterance, analyzed, details, receivedAt))
            : store.Drop();
        return new Answer(json, stored);
    }
}
