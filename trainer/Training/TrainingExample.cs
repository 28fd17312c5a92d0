using Edge.Bundles.Tokenization;

namespace Edge.Trainer.Training;

/// <summary>An utterance ready for training.</summary>
/// <param name="Encoded">What the model reads.</param>
/// <param name="Targets">What each head should answer, in the task's order.</param>
internal sealed record TrainingExample(EncodedUtterance Encoded, IReadOnlyList<HeadTarget> Targets);
