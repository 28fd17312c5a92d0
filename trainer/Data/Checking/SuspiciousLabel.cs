namespace Edge.Trainer.Data.Checking;

/// <summary>An annotation that models trained on the rest of the data do not believe.</summary>
/// <param name="Utterance">The utterance.</param>
/// <param name="Head">The head.</param>
/// <param name="Given">The annotation: a label, "no LABEL", a score, or what an entity is annotated as.</param>
/// <param name="Suggested">What the models take it for.</param>
/// <param name="GivenProbability">Their calibrated probability of <paramref name="Given"/> (of a score: what they expect).</param>
/// <param name="SuggestedProbability">Their calibrated probability of <paramref name="Suggested"/>.</param>
/// <param name="Start">First unit of the text that is meant, in a span head; else 0.</param>
/// <param name="End">One past the last unit of it; else 0.</param>
internal sealed record SuspiciousLabel(
    LabelledUtterance Utterance, string Head, string Given, string Suggested, double GivenProbability, double SuggestedProbability, int Start = 0, int End = 0)
{
    /// <summary>How sure the models are, 0 to 1: what findings are ordered by.</summary>
    public double Margin => SuggestedProbability - GivenProbability;
}
