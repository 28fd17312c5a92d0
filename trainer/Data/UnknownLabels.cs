using Edge.Bundles.Tasks;

namespace Edge.Trainer.Data;

/// <summary>Labels of data that a model's heads do not have: it can only be wrong on them.</summary>
internal static class UnknownLabels
{
    private const int Shown = 8;

    /// <summary>For each head of which the data have such labels: how often each occurs, most frequent first.</summary>
    public static IReadOnlyList<(string Head, IReadOnlyList<KeyValuePair<string, int>> Labels)> Find(
        TaskDefinition task, IReadOnlyCollection<LabelledUtterance> utterances) =>
        [.. task.Heads.Where(head => head.Kind != HeadKind.Score)
            .Select(head => (head.Name, (IReadOnlyList<KeyValuePair<string, int>>)[
                .. utterances.SelectMany(utterance => Labels(head, utterance))
                    .Where(label => !head.Labels.Contains(label) && !OutOfScope.Says(task, head, label))
                    .CountBy(label => label, StringComparer.Ordinal).OrderByDescending(pair => pair.Value)
                    .ThenBy(pair => pair.Key, StringComparer.Ordinal)]))
            .Where(head => head.Item2.Count > 0)];

    /// <summary>The same in a line for each head.</summary>
    /// <param name="task">What the model knows.</param>
    /// <param name="utterances">The data.</param>
    /// <param name="of">What the data are called.</param>
    /// <param name="where">What lacks the labels.</param>
    public static IEnumerable<string> Notes(
        TaskDefinition task, IReadOnlyCollection<LabelledUtterance> utterances, string of, string where) =>
        Find(task, utterances).Select(head =>
            $"{head.Head}: {head.Labels.Sum(label => label.Value)} labels of {of} are not among those of {where} and count as wrong: " +
            string.Join(", ", head.Labels.Take(Shown).Select(label => $"{label.Key} {label.Value}")) +
            (head.Labels.Count > Shown ? $" and {head.Labels.Count - Shown} more" : ""));

    private static IEnumerable<string> Labels(HeadDefinition head, LabelledUtterance utterance) => head.Kind switch
    {
        HeadKind.Single => utterance.Single.TryGetValue(head.Name, out var label) ? [label] : [],
        HeadKind.Multi => utterance.Multi.GetValueOrDefault(head.Name) ?? [],
        _ => utterance.Spans.GetValueOrDefault(head.Name)?.Select(span => span.Label) ?? [],
    };
}
