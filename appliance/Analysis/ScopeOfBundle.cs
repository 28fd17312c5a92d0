using Edge.Bundles;
using Edge.Bundles.Decoding;
using Edge.Bundles.Inference;
using Edge.Bundles.Tasks;

namespace Edge.Appliance.Analysis;

/// <summary>Scores how unlike an utterance is what a bundle's scope head has learned. Thread-safe, and without new memory.</summary>
internal sealed class ScopeOfBundle
{
    private readonly OutOfScopeEntry _entry;
    private readonly float _temperature;

    private ScopeOfBundle(OutOfScopeEntry entry, int head, float temperature) => (_entry, Head, _temperature) = (entry, head, temperature);

    /// <summary>Index of the scope's head.</summary>
    public int Head { get; }

    /// <summary>Takes what the bundle says of the precision that serves; null where that is nothing.</summary>
    public static ScopeOfBundle? Of(TaskDefinition task, PrecisionEntry entry) =>
        entry.OutOfScope is { } scope && OutOfScope.HeadIndex(task) is >= 0 and var head
            ? new ScopeOfBundle(scope, head, entry.TemperatureOf(task.Heads[head].Name))
            : null;

    /// <summary>The score, 0 to 1.</summary>
    /// <param name="predictions">What the heads say.</param>
    /// <param name="logits">What they say it by.</param>
    public float ScoreOf<TLogits>(HeadPrediction[] predictions, TLogits logits)
        where TLogits : IUtteranceLogits =>
        _entry.ScoreOf(_entry.Sum(
            OutOfScopeMeasures.Energy(logits[Head], predictions[Head].Confidence, _temperature), OutOfScopeMeasures.Norm(logits.Pooled)));
}
