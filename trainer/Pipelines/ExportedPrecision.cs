using Edge.Bundles;
using Edge.Trainer.Evaluation;

namespace Edge.Trainer.Pipelines;

/// <summary>One exported and calibrated precision of a student.</summary>
/// <param name="Entry">What the manifest says of it; metrics are those of the test split.</param>
/// <param name="DevLogits">Logits of the dev split, by utterance and head.</param>
/// <param name="Dev">Figures on the dev split.</param>
/// <param name="Test">Figures on the test split.</param>
/// <param name="TestAnswers">The answers that they were counted from.</param>
internal sealed record ExportedPrecision(
    PrecisionEntry Entry, IReadOnlyList<float[][]> DevLogits, EvaluationReport Dev, EvaluationReport Test, JudgedSet TestAnswers)
{
    /// <summary>How the out-of-scope score was fitted, for the log; <c>null</c> where the task has no head for it.</summary>
    public string? Scope { get; init; }
}
