using Edge.Bundles.Tasks;
using Edge.Trainer.Evaluation;
using Edge.Trainer.Model;

namespace Edge.Trainer.Training;

/// <summary>The set that training is steered by: early stopping, calibration, thresholds.</summary>
/// <param name="Set">Utterances.</param>
internal sealed record DevSet(EvaluationSet Set)
{
    private static readonly Dictionary<string, float> Uncalibrated = [];

    /// <summary>Score (0 to 1, higher is better) and mean negative log-likelihood of a model in training.</summary>
    public (double Score, double Loss) Evaluate(BertTaskModel model, TrainingContext context)
    {
        var logits = ModelLogits.Compute(model, Set.Examples, context);
        var loss = context.Task.Heads.Select((head, i) => HeadLikelihood.NegativeLog(head, i, Set.Examples, logits, 1)).Sum();
        return (Evaluator.Evaluate("torch", context.Task, Set, logits, Uncalibrated).Score, loss);
    }

    /// <summary>
    /// How far a score may be off because the set has no more utterances, 0 to 0.5: that of independent answers, right or wrong, an
    /// utterance and head.
    /// </summary>
    public double StandardError(double score, TaskDefinition task) =>
        Math.Sqrt(score * (1 - score) / (Set.Examples.Count * task.Heads.Count));
}
