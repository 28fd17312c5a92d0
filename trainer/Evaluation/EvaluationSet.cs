using Edge.Trainer.Data;
using Edge.Trainer.Examples;

namespace Edge.Trainer.Evaluation;

/// <summary>Labelled utterances with what the model reads of each.</summary>
/// <param name="Utterances">The utterances as annotated; labels that the task lacks are kept, and count as missed.</param>
/// <param name="Examples">The same utterances, encoded.</param>
internal sealed record EvaluationSet(IReadOnlyList<LabelledUtterance> Utterances, IReadOnlyList<TrainingExample> Examples)
{
    /// <summary>Utterances.</summary>
    public int Count => Utterances.Count;

    /// <summary>Encodes utterances.</summary>
    public static EvaluationSet Create(IReadOnlyList<LabelledUtterance> utterances, ExampleEncoder encoder) =>
        new(utterances, encoder.Encode(utterances));

    /// <summary>
    /// The utterances that others do not have word for word, context included; all where that would leave fewer than half.
    /// </summary>
    public EvaluationSet NotIn(IEnumerable<LabelledUtterance> others)
    {
        var known = others.Select(utterance => utterance.Words).ToHashSet();
        int[] kept = [.. Enumerable.Range(0, Count).Where(i => !known.Contains(Utterances[i].Words))];
        return kept.Length * 2 < Count ? this : new([.. kept.Select(i => Utterances[i])], [.. kept.Select(i => Examples[i])]);
    }
}
