using System.Text.RegularExpressions;

namespace Edge.Bundles.Tasks;

/// <summary>What a task must be like; used for task files and for manifests.</summary>
public static partial class TaskRules
{
    /// <summary>Members that every answer has beside its heads.</summary>
    public static IReadOnlyList<string> AnswerMembers { get; } =
        ["id", "spans", "confidence", "accepted", "outOfScope", "bundle", "latencyMs", "late"];

    /// <summary>
    /// Names that no head may have: those of an answer's other members, of what an utterance comes with, and of a model's inputs.
    /// </summary>
    public static IReadOnlySet<string> ReservedNames { get; } = new HashSet<string>(
        [.. AnswerMembers, "text", "context", "pooler_output", "input_ids", "attention_mask", "token_type_ids"], StringComparer.Ordinal);

    /// <summary>All problems of a task, each with place, found and allowed; empty where there is none.</summary>
    /// <param name="task">The task.</param>
    /// <param name="labelsAreFinal">False for a task file, whose labels may still have to be found in the data.</param>
    public static IReadOnlyList<string> Check(TaskDefinition task, bool labelsAreFinal)
    {
        ArgumentNullException.ThrowIfNull(task);
        List<string> problems = [];
        if (string.IsNullOrWhiteSpace(task.Language))
            problems.Add("language is empty; use a language tag such as zh or en");
        if (task.MaxLength is < 8 or > 512)
            problems.Add($"maxLength is {task.MaxLength}; use 8 to 512");
        if (task.Heads is not { Count: > 0 })
            problems.Add("heads is empty; name at least one head");

        HashSet<string> names = new(StringComparer.Ordinal);
        foreach (var (index, head) in (task.Heads ?? []).Index())
        {
            if (head is null)
            {
                problems.Add($"heads[{index}] is null; use an object with name and kind");
                continue;
            }

            var place = $"heads[{index}] ({head.Name})";
            if (!NamePattern().IsMatch(head.Name ?? ""))
                problems.Add($"{place}: name is '{head.Name}'; use letters, digits, _ and -, starting with a letter");
            else if (ReservedNames.Contains(head.Name!))
                problems.Add(
                    $"{place}: name is '{head.Name}', which stands for something else in data, answers or model files; use any other");
            else if (!names.Add(head.Name!))
                problems.Add($"{place}: name occurs twice; names must differ");
            if (!Enum.IsDefined(head.Kind))
                problems.Add($"{place}: kind is {head.Kind}; use single, multi, score or span");
            if (!(head.Weight > 0) || !double.IsFinite(head.Weight))
                problems.Add($"{place}: weight is {head.Weight}; use a number above 0");
            problems.AddRange(CheckLabels(head, labelsAreFinal).Select(problem => $"{place}: {problem}"));
        }

        if (task.ScopeHead is { Length: > 0 } scope && (task.Heads ?? []).All(head => head?.Name != scope || head.Kind != HeadKind.Single))
            problems.Add($"scopeHead is '{scope}', which is no single head of the task; name one, or leave the key out");
        return problems;
    }

    private static IEnumerable<string> CheckLabels(HeadDefinition head, bool areFinal)
    {
        if (head.Labels is not { } labels)
        {
            yield return "labels is null; name them, or leave the key out and let them be found in the data";
            yield break;
        }
        if (head.Kind == HeadKind.Score && labels.Count > 0)
            yield return $"labels has {labels.Count} entries; a score has none";
        if (head.Kind == HeadKind.Single && labels.Count == 1)
            yield return $"labels has only '{labels[0]}'; a single head needs at least 2";
        if (areFinal && head.Kind != HeadKind.Score && labels.Count == 0)
            yield return "labels is empty; name them, or let them be found in the data";
        if (labels.Any(string.IsNullOrWhiteSpace))
            yield return "labels has an empty entry; every label needs a name";
        if (head.Transitions is { } transitions && (head.Kind != HeadKind.Span || (areFinal && transitions.TagCount != head.OutputCount)))
            yield return $"transitions has {transitions.TagCount} tags; " +
                $"{(head.Kind == HeadKind.Span ? $"{labels.Count} labels have {head.OutputCount}" : "only a span head has tags")}";
        foreach (var twice in labels.GroupBy(label => label, StringComparer.Ordinal).Where(group => group.Count() > 1))
            yield return $"label '{twice.Key}' occurs {twice.Count()} times; labels must differ";
    }

    [GeneratedRegex(@"^[A-Za-z][A-Za-z0-9_-]*\z")]
    private static partial Regex NamePattern();
}
