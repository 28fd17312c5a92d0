namespace Edge.Bundles.Tasks;

/// <summary>
/// Which head knows what callers can want, and how data say that an utterance belongs to none of its labels. Such utterances are no label
/// of the model: it does not learn them, they help to fit and measure the score that tells them apart.
/// </summary>
public static class OutOfScope
{
    /// <summary>The head where the task names none.</summary>
    public const string UsualHead = "intent";

    /// <summary>Labels that say it; case, spaces, <c>_</c> and <c>-</c> do not count.</summary>
    public static IReadOnlyList<string> Labels { get; } = ["oos", "out_of_scope"];

    private static readonly HashSet<string> Keys = [.. Labels.Select(Key)];

    /// <summary>Index of the head whose labels are the scope; -1 where there is none.</summary>
    public static int HeadIndex(TaskDefinition task)
    {
        ArgumentNullException.ThrowIfNull(task);
        var name = task.ScopeHead ?? UsualHead;
        return task.Heads.Index().FirstOrDefault(head => head.Item.Kind == HeadKind.Single && head.Item.Name == name, (-1, null!)).Index;
    }

    /// <summary>Whether a label of data says that an utterance is out of scope. A label that the head itself has never does.</summary>
    /// <param name="task">The task.</param>
    /// <param name="head">One of its heads.</param>
    /// <param name="label">The label.</param>
    public static bool Says(TaskDefinition task, HeadDefinition head, string label)
    {
        ArgumentNullException.ThrowIfNull(task);
        ArgumentNullException.ThrowIfNull(head);
        return head.Kind == HeadKind.Single && head.Name == (task.ScopeHead ?? UsualHead) && IsLabel(label) && !head.Labels.Contains(label);
    }

    /// <summary>Whether a label is one of <see cref="Labels"/>.</summary>
    public static bool IsLabel(string label)
    {
        ArgumentNullException.ThrowIfNull(label);
        return label.Length <= 16 && Keys.Contains(Key(label));
    }

    private static string Key(string label) =>
        string.Concat(label.Where(c => !char.IsWhiteSpace(c) && c is not ('_' or '-')).Select(char.ToLowerInvariant));
}
