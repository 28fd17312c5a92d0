using Edge.Trainer.Model;

namespace Edge.Trainer.Training;

/// <summary>One phase of a training: what is trained, on what, how, and for how long.</summary>
/// <param name="Name">Name that progress is shown under.</param>
/// <param name="Model">The model that is trained and evaluated.</param>
/// <param name="Epochs">Examples of each epoch.</param>
/// <param name="Dev">Set that decides which weights are best; <c>null</c>: no evaluation, the last weights stay.</param>
/// <param name="Options">How to train.</param>
/// <param name="Limit">When to end.</param>
internal sealed record TrainingPhase(
    string Name, BertTaskModel Model, EpochSource Epochs, DevSet? Dev, LoopOptions Options, PhaseLimit Limit)
{
    /// <summary>Steps of an epoch.</summary>
    public int StepsPerEpoch => Epochs.BatchesPerEpoch(Options.BatchSize);
}
