using Edge.Trainer.Evaluation;
using Edge.Trainer.Model;
using Edge.Trainer.Model.Adapters;
using Edge.Trainer.Training.FineTuning;

namespace Edge.Trainer.Training;

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
    /// <param name="trainedAdapters">Sees the adapters before they are merged into the weights.</param>
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
        Action<ModelAdapters>? trainedAdapters = null)
    {
        var modes = fineTuning ?? new FineTuningOptions();
        using var frozen = new LayerFreezing(model, modes.FrozenLayers);
        using var adapters = modes.Adapters is { } wanted ? ModelAdapters.Attach(model, wanted, modes.FrozenLayers ?? 0, context.Device) : null;
        using var weights = modes.Balance == ClassBalance.Weights ? new LabelWeights(context.Task, epochs.Next(0), modes.BalanceCap, context.Device) : null;
        if (modes.Balance == ClassBalance.Sampling)
            epochs = BalancedSampling.Of(epochs, context.Task, modes.BalanceCap, context.Seed);

        var result = new TrainingLoop(context).Run(
            phase, model, [], epochs, dev,
            batch => RegularizedDropout.Losses(options.RDrop, context.Task, batch.Tokens.Mask, () =>
            {
                var logits = model.call(batch.Tokens).Logits;
                return (logits, HeadLosses.Compute(context.Task, logits, batch.Targets, labelSmoothing, labelWeights: weights?.OfHeads));
            }),
            options, limit);
        if (adapters is not null)
        {
            trainedAdapters?.Invoke(adapters);
            adapters.Merge();
        }
        return result;
    }
}
