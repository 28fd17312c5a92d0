using Edge.Bundles.Tasks;
using Edge.Trainer.Data.Reading;

namespace Edge.Trainer.Data;

/// <summary>Utterances of which the data say that they belong to no label of the scope's head (<see cref="OutOfScope"/>).</summary>
internal static class OutOfScopeRows
{
    /// <summary>Those among some utterances.</summary>
    public static IReadOnlyList<LabelledUtterance> Of(TaskDefinition task, IReadOnlyList<LabelledUtterance> utterances) =>
        [.. utterances.Where(utterance => Says(task, utterance))];

    /// <summary>The others, and those that say something of another head: what a model can learn from.</summary>
    public static IReadOnlyList<LabelledUtterance> Without(TaskDefinition task, IReadOnlyList<LabelledUtterance> utterances) =>
        [.. utterances.Where(utterance => !Says(task, utterance) || SaysMore(utterance))];

    /// <summary>How many there are, for a person; <c>null</c> where there are none.</summary>
    /// <param name="task">The task.</param>
    /// <param name="splits">The data.</param>
    /// <param name="train">How many train has.</param>
    public static string? Note(TaskDefinition task, DataSplits splits, int train)
    {
        var (dev, test) = (Of(task, splits.Dev).Count, Of(task, splits.Test).Count);
        return train + dev + test == 0
            ? null
            : $"{train} utterances of train, {dev} of dev and {test} of test are out of scope: the model does not learn them as a label. "
                + "Those of train and dev help to choose the out-of-scope score, those of test measure it.";
    }

    private static bool Says(TaskDefinition task, LabelledUtterance utterance) =>
        OutOfScope.HeadIndex(task) is >= 0 and var index
        && utterance.Single.TryGetValue(task.Heads[index].Name, out var label) && OutOfScope.Says(task, task.Heads[index], label);

    private static bool SaysMore(LabelledUtterance utterance) =>
        utterance.Single.Count > 1 || utterance.Multi.Count + utterance.Scores.Count + utterance.Spans.Count > 0;
}
