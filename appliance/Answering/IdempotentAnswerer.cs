using Edge.Appliance.Analysis;
using Edge.Appliance.Health;

namespace Edge.Appliance.Answering;

/// <summary>Answers each id of a line once: where it comes again it gets the answer that it has, or that is in work.</summary>
internal sealed partial class IdempotentAnswerer(
    Answerer answerer, AnswerCache cache, Metrics metrics, HealthState health, ILogger<IdempotentAnswerer> logger)
{
    /// <summary>Answers, waiting for space in the queue.</summary>
    /// <param name="line">Line that the utterance came from.</param>
    /// <param name="utterance">The utterance.</param>
    /// <param name="received">Timestamp of the receipt.</param>
    /// <exception cref="AnalysisException">It could not be analysed.</exception>
    /// <exception cref="OperationCanceledException">The service is stopping.</exception>
    public Task<Answer> AnswerAsync(string line, Utterance utterance, long received)
    {
        var remembered = cache.GetOrCreate(line, utterance.Id, utterance.Text, () => answerer.AnswerAsync(line, utterance, received));
        if (remembered.IsKnown)
            CountDuplicate(line, utterance.Id!, remembered.IsOtherText);
        return remembered.Answer;
    }

    private void CountDuplicate(string line, string id, bool otherText)
    {
        metrics.CountDuplicate(otherText);
        if (!otherText)
            return;
        Log.IdReused(logger, line, id);
        health.WarnOfEvent("id-reused", HealthSeverity.Warning,
            $"line {line} sent id {id} again with another text and got the earlier answer",
            "make ids unique on their line, also across restarts of the sender (docs/reference/mqtt.md)");
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Line {Line}: id {Id} came again with another text; it got the earlier answer")]
        public static partial void IdReused(ILogger logger, string line, string id);
    }
}
