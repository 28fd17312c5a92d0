using Edge.Trainer.Data;

namespace Edge.Trainer.DataCheck;

/// <summary>An annotation that models trained on the rest of the data do not believe.</summary>
/// <param name="Utterance">The utterance.</param>
/// <param name="Head">The head.</param>
/// <param name="Given">The annotation: a label, "no LABEL", a score, or what an entity is annotated as.</param>
/// <param name="Suggested">What the models take it for.</param>
/// <param name="GivenProbability">Their calibrated probability of <paramref name="Given"/>; 0 for a score.</param>
/// <param name="SuggestedProbability">Their calibrated probability of <paramref name="Suggested"/>; 0 for a score.</param>
/// <param name="Start">First unit of the text that is meant, in a span head; else 0.</param>
/// <param name="End">One past the last unit of it; else 0.</param>
internal sealed record SuspiciousLabel(
    LabelledUtterance Utterance, string Head, string Given, string Suggested, double GivenProbability, double SuggestedProbability,
    int Start = 0, int End = 0)
{
    /// <summary>How far a score is from what the models expect; <c>null</c> for labels.</summary>
    public double? ScoreError { get; init; }

    /// <summary>How sure the models are, or how far a score is off, 0 to 1: what findings are ordered by.</summary>
    public double Margin => ScoreError ?? SuggestedProbability - GivenProbability;
}
