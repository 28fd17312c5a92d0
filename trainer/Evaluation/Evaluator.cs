using Edge.Bundles.Tasks;

namespace Edge.Trainer.Evaluation;

/// <summary>Judges the logits of all heads.</summary>
internal static class Evaluator
{
    /// <summary>Decodes logits at the given temperatures and counts; without confidence intervals, as training wants it.</summary>
    /// <param name="precision">Name in the report.</param>
    /// <param name="task">Heads.</param>
    /// <param name="set">Utterances.</param>
    /// <param name="logits">By utterance and head.</param>
    /// <param name="temperatures">By head name; 1 where absent.</param>
    public static EvaluationReport Evaluate(
        string precision, TaskDefinition task, EvaluationSet set, IReadOnlyList<float[][]> logits,
        IReadOnlyDictionary<string, float> temperatures) =>
        JudgedSet.Create(task, set, logits, temperatures).Report(precision, intervals: false);
}
