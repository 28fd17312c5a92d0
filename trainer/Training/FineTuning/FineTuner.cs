using Edge.Trainer.Model;
using Edge.Trainer.Model.Lora;
using Edge.Trainer.Training.Replicas;

namespace Edge.Trainer.Training.FineTuning;

/// <summary>Trains a model on labels: the teacher's phase, and <c>finetune</c>.</summary>
internal static class FineTuner
{
    /// <summary>Trains a model until the limit or until the dev score stops rising.</summary>
    /// <param name="phase">Name that progress is shown under.</param>
    /// <param name="model">The model.</param>
    /// <param name="epochs">Examples of each epoch; the first one's are counted for the balance of labels.</param>
    /// <param name="dev">Set that decides which weights are best.</param>
    /// <param name="labelSmoothing">Probability mass that a label gives to the others, 0 to below 1.</param>
    /// <param name="options">How to train.</param>
    /// <param name="limit">When to end.</param>
    /// <param name="context">What the phases share.</param>
    /// <param name="fineTuning">Which weights learn; <c>null</c>: all.</param>
    /// <param name="trainedLora">Sees the low-rank additions before they are merged into the weights.</param>
    public static PhaseResult Train(
        string phase,
        BertTaskModel model,
        EpochSource epochs,
        DevSet dev,
        double labelSmoothing,
        LoopOptions options,
        PhaseLimit limit,
        TrainingContext context,
        FineTuningOptions? fineTuning = null,
        Action<ModelLora>? trainedLora = null)
    {
        var modes = fineTuning ?? new FineTuningOptions();
        var models = TrainedModel.Prepare(model, modes, epochs.Next(0), context);
        try
        {
            if (modes.Balance == ClassBalance.Sampling)
                epochs = BalancedSampling.Of(epochs, context.Task, modes.BalanceCap, context.Seed);
            using var replicas = models.Count == 1 ? null : new ReplicaGroup([.. models.Select(one => one.ToReplica(labelSmoothing))], context.Random);
            var result = new TrainingLoop(context).Run(
                phase, model, [], epochs, dev, batch => models[0].Losses(batch, labelSmoothing), options, limit, replicas);
            if (models[0].Lora is { } lora)
            {
                trainedLora?.Invoke(lora);
                lora.Merge();
            }
            return result;
        }
        finally
        {
            foreach (var one in models)
                one.Dispose();
        }
    }
}
