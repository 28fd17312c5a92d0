using Edge.Trainer.Evaluation;
using Edge.Trainer.Model;

namespace Edge.Trainer.Training;

/// <summary>Trains a model on labels: the teacher's phase.</summary>
internal static class FineTuner
{
    /// <summary>Trains a model until the limit or until the dev score stops rising.</summary>
    /// <param name="phase">Name that progress is shown under.</param>
    /// <param name="model">The model.</param>
    /// <param name="epochs">Examples of each epoch.</param>
    /// <param name="dev">Set that decides which weights are best.</param>
    /// <param name="labelSmoothing">Probability mass that a label gives to the others, 0 to below 1.</param>
    /// <param name="options">How to train.</param>
    /// <param name="limit">When to end.</param>
    /// <param name="context">What the phases share.</param>
    public static PhaseResult Train(
        string phase, BertTaskModel model, EpochSource epochs, DevSet dev, double labelSmoothing, LoopOptions options, PhaseLimit limit, TrainingContext context) =>
        new TrainingLoop(context).Run(
            phase, model, [], epochs, dev,
            batch => HeadLosses.Compute(context.Task, model.call(batch.Tokens).Logits, batch.Targets, labelSmoothing),
            options, limit);
}
