using Edge.Trainer.Model.Lora;
using Edge.Trainer.Training.Replicas;

namespace Edge.Trainer.Training.FineTuning;

/// <summary>Trains a model on labels: the teacher's phase, and <c>finetune</c>.</summary>
internal static class FineTuner
{
    /// <summary>Trains a model until the limit or until the dev score stops rising.</summary>
    /// <param name="phase">What is trained, and how; the labels of the first epoch's examples are counted for their balance.</param>
    /// <param name="labelSmoothing">Probability mass that a label gives to the others, 0 to below 1.</param>
    /// <param name="context">What the phases share.</param>
    /// <param name="fineTuning">Which weights learn; <c>null</c>: all.</param>
    /// <param name="trainedLora">Sees the low-rank additions before they are merged into the weights.</param>
    public static PhaseResult Train(
        TrainingPhase phase, double labelSmoothing, TrainingContext context, FineTuningOptions? fineTuning = null,
        Action<ModelLora>? trainedLora = null)
    {
        var modes = fineTuning ?? new FineTuningOptions();
        var models = TrainedModel.Prepare(phase.Model, modes, phase.Epochs.Next(0), context);
        try
        {
            if (modes.Balance == ClassBalance.Sampling)
                phase = phase with { Epochs = BalancedSampling.Of(phase.Epochs, context.Task, modes.BalanceCap, context.Seed) };
            using var replicas = models.Count == 1
                ? null
                : new ReplicaGroup([.. models.Select(one => one.ToReplica(labelSmoothing))], context.Random);
            var result = new TrainingLoop(context).Run(phase, batch => models[0].Losses(batch, labelSmoothing), replicas: replicas);
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
