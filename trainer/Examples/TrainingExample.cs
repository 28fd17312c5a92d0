using Edge.Bundles.Tokenization;
using Edge.Trainer.Data;

namespace Edge.Trainer.Examples;

/// <summary>An utterance ready for training.</summary>
/// <param name="Encoded">What the model reads.</param>
/// <param name="Targets">What each head should answer, in the task's order.</param>
internal sealed record TrainingExample(EncodedUtterance Encoded, IReadOnlyList<HeadTarget> Targets)
{
    /// <summary>The utterance that it was made from.</summary>
    public LabelledUtterance? Utterance { get; init; }

    /// <summary>The head of which the data say that the utterance belongs to none of its labels; <c>null</c>: of none.</summary>
    public int? OutOfScopeOf { get; init; }

    /// <summary>Whether any head is annotated.</summary>
    public bool IsLabelled => Targets.Any(target => target != HeadTarget.None);
}
