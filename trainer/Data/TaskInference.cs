using Edge.Bundles.Tasks;

namespace Edge.Trainer.Data;

/// <summary>Finds out from the data what a task file would say.</summary>
internal static class TaskInference
{
    /// <summary>
    /// Heads in order of appearance (labels, then label lists, scores, spans), each with its labels by frequency, most first,
    /// and by ordinal where equally frequent. A head whose label is the same everywhere is left out.
    /// </summary>
    /// <exception cref="DataException">No utterance has a label.</exception>
    public static TaskDefinition Infer(IReadOnlyList<LabelledUtterance> utterances)
    {
        var heads = Names(utterances, u => u.Single.Keys).Select(name => (Name: name, Kind: HeadKind.Single))
            .Concat(Names(utterances, u => u.Multi.Keys).Select(name => (Name: name, Kind: HeadKind.Multi)))
            .Concat(Names(utterances, u => u.Scores.Keys).Select(name => (Name: name, Kind: HeadKind.Score)))
            .Concat(Names(utterances, u => u.Spans.Keys).Select(name => (Name: name, Kind: HeadKind.Span)))
            .Select(head => new HeadDefinition
            {
                Name = head.Name, Kind = head.Kind,
                Labels = Labels(
                    head.Name, head.Kind, utterances,
                    label => head.Kind == HeadKind.Single && head.Name == OutOfScope.UsualHead && OutOfScope.IsLabel(label)),
            })
            // A head that always gives the same answer has nothing to learn.
            .Where(head => head.Kind == HeadKind.Score || head.Labels.Count > (head.Kind == HeadKind.Single ? 1 : 0))
            .ToArray();
        if (heads.Length == 0)
            throw new DataException("The data has no labels to learn: no row has a key other than text, context and id, "
                + "or its label is the same in every row. Add for example \"intent\" to the rows.");
        return new TaskDefinition
        {
            Language = LanguageGuess.Of(utterances.Select(utterance => utterance.Text)),
            MaxLength = LengthEstimate.MaxLength(utterances),
            UsesContext = UseContext(utterances),
            Heads = heads,
        };
    }

    /// <summary>Fills the empty label lists of a task file, and what else it does not say, with what the data has.</summary>
    /// <exception cref="DataException">A head has no label in task file and data.</exception>
    /// <exception cref="BadRowsException">Rows have labels that a head's list lacks.</exception>
    public static TaskDefinition Complete(TaskDefinition task, IReadOnlyList<LabelledUtterance> utterances)
    {
        var heads = new List<HeadDefinition>();
        var bad = new List<BadRow>();
        foreach (var head in task.Heads)
        {
            var found = Labels(head.Name, head.Kind, utterances, label => OutOfScope.Says(task, head, label));
            if (head.Kind == HeadKind.Score)
            {
                if (!utterances.Any(utterance => utterance.Scores.ContainsKey(head.Name))) throw Missing(head);
                heads.Add(head);
            }
            else if (head.Labels.Count == 0)
            {
                if (found.Count == 1 && head.Kind == HeadKind.Single)
                    throw new DataException(
                        $"Head '{head.Name}' of the task file has only the label '{found[0]}' in the training data; add rows with " +
                        "another one, or take the head out of the task file.");
                heads.Add(found.Count > 0 ? head with { Labels = found } : throw Missing(head));
            }
            else
            {
                if (found.Count == 0) throw Missing(head);
                bad.AddRange(Unlisted(task, head, utterances));
                heads.Add(head);
            }
        }

        if (bad.Count > 0) throw new BadRowsException(bad, utterances.Count);
        return (task with { Heads = heads })
            .For(LanguageGuess.Of(utterances.Select(utterance => utterance.Text)), LengthEstimate.MaxLength(utterances),
                UseContext(utterances));
    }

    private static bool UseContext(IReadOnlyList<LabelledUtterance> utterances) =>
        utterances.Any(utterance => utterance.Context is not null);

    private static IEnumerable<BadRow> Unlisted(
        TaskDefinition task, HeadDefinition head, IReadOnlyList<LabelledUtterance> utterances)
    {
        var listed = head.Labels.ToHashSet(StringComparer.Ordinal);
        foreach (var utterance in utterances)
        {
            if (LabelsOf(head.Name, head.Kind, utterance)
                .FirstOrDefault(label => !listed.Contains(label) && !OutOfScope.Says(task, head, label)) is not { } label) continue;
            yield return new BadRow(utterance.File, utterance.Line,
                $"\"{head.Name}\" has the label \"{label}\"; the task file allows {string.Join(", ", head.Labels)}: correct the row or " +
                "add the label there",
                utterance.Text);
        }
    }

    private static List<string> Labels(
        string head, HeadKind kind, IReadOnlyList<LabelledUtterance> utterances, Func<string, bool> saysOutOfScope)
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var utterance in utterances)
            foreach (var label in LabelsOf(head, kind, utterance).Where(label => !saysOutOfScope(label)))
                counts[label] = counts.GetValueOrDefault(label) + 1;
        return [.. counts.OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => pair.Key)];
    }

    private static IEnumerable<string> LabelsOf(string head, HeadKind kind, LabelledUtterance utterance) => kind switch
    {
        HeadKind.Single => utterance.Single.TryGetValue(head, out var label) ? [label] : [],
        HeadKind.Multi => utterance.Multi.TryGetValue(head, out var labels) ? labels : [],
        HeadKind.Span => utterance.Spans.TryGetValue(head, out var spans) ? spans.Select(span => span.Label) : [],
        _ => [],
    };

    private static IEnumerable<string> Names(
        IReadOnlyList<LabelledUtterance> utterances, Func<LabelledUtterance, IEnumerable<string>> keys) =>
        utterances.SelectMany(keys).Distinct(StringComparer.Ordinal);

    private static DataException Missing(HeadDefinition head) => new(
        $"Head '{head.Name}' of the task file has no {(head.Kind == HeadKind.Score ? "value" : "label")} in the training data; "
        + $"add rows with \"{head.Name}\" or take the head out of the task file.");
}
