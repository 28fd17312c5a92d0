using System.Globalization;
using Spectre.Console;

namespace Edge.Trainer.Data;

/// <summary>What a person wants to see of the data before training: sizes, labels, duplicates, conflicts, leaks.</summary>
internal sealed record DataSummary
{
    /// <summary>One entry for each split.</summary>
    public required IReadOnlyList<SplitSummary> Splits { get; init; }

    /// <summary>Texts of train that occur with different annotations, with all of their places.</summary>
    public required IReadOnlyList<string> Conflicts { get; init; }

    /// <summary>What reading noted, and labels that dev or test have and train has not.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    /// <summary>Counts everything.</summary>
    public static DataSummary Of(DataSplits data)
    {
        var train = data.Train.Select(utterance => utterance.Text).ToHashSet(StringComparer.Ordinal);
        SplitSummary[] splits =
        [
            Summarise("train", data.Train, null), Summarise("dev", data.Dev, train), Summarise("test", data.Test, train),
        ];
        return new DataSummary
        {
            Splits = splits,
            Conflicts = [.. ConflictGroups(data.Train).Select(group =>
                $"\"{group[0].Text}\": {string.Join(", ", group.Select(u => $"{Path.GetFileName(u.File)}:{u.Line} {Annotation(u)}"))}")],
            Notes = [.. data.Notes, .. UnseenLabels(splits)],
        };
    }

    /// <summary>Prints a table, then a line for each head and note; these lines are not wrapped, so that files stay greppable.</summary>
    public void Print(IAnsiConsole console, int labelsShown = 8)
    {
        var table = new Table().AddColumns("split", "utterances", "mean length", "max", "duplicates", "conflicts", "also in train");
        table.Border = TableBorder.Simple;
        foreach (var column in table.Columns.Skip(1)) column.RightAligned();
        foreach (var split in Splits)
        {
            table.AddRow(split.Name, Number(split.Utterances), split.MeanLength.ToString("0.0", CultureInfo.InvariantCulture),
                Number(split.MaxLength), Number(split.Duplicates), Number(split.Conflicts), split.Name == "train" ? "-" : Number(split.AlsoInTrain));
        }

        console.Write(table);
        foreach (var (head, counts) in Splits[0].Labels)
        {
            var shown = string.Join(", ", counts.Take(labelsShown).Select(pair => $"{pair.Key} {Number(pair.Value)}"));
            var more = counts.Count > labelsShown ? $" and {counts.Count - labelsShown} more" : "";
            console.Profile.Out.Writer.WriteLine($"{head}: {counts.Count} labels: {shown}{more}");
        }

        foreach (var note in Notes) console.Profile.Out.Writer.WriteLine(note);
    }

    private static SplitSummary Summarise(string name, IReadOnlyList<LabelledUtterance> utterances, HashSet<string>? train) => new()
    {
        Name = name,
        Utterances = utterances.Count,
        MeanLength = utterances.Count == 0 ? 0 : utterances.Average(u => u.Text.Length),
        MaxLength = utterances.Count == 0 ? 0 : utterances.Max(u => u.Text.Length),
        Duplicates = utterances.Count - utterances.Select(u => (u.Text, u.Context)).Distinct().Count(),
        Conflicts = ConflictGroups(utterances).Count(),
        AlsoInTrain = train is null ? 0 : utterances.Count(u => train.Contains(u.Text)),
        Labels = Count(utterances),
    };

    private static Dictionary<string, IReadOnlyDictionary<string, int>> Count(IReadOnlyList<LabelledUtterance> utterances)
    {
        var all = utterances.SelectMany(u => u.Single.Select(pair => (Head: pair.Key, Label: pair.Value))
            .Concat(u.Multi.SelectMany(pair => pair.Value.Select(label => (Head: pair.Key, Label: label))))
            .Concat(u.Scores.Select(pair => (Head: pair.Key, Label: Tenth(pair.Value))))
            .Concat(u.Spans.SelectMany(pair => pair.Value.Select(span => (Head: pair.Key, span.Label)))));
        return all.GroupBy(item => item.Head, StringComparer.Ordinal).ToDictionary(
            head => head.Key,
            head => (IReadOnlyDictionary<string, int>)head.CountBy(item => item.Label, StringComparer.Ordinal)
                .OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal).ToDictionary());
    }

    private static IEnumerable<List<LabelledUtterance>> ConflictGroups(IReadOnlyList<LabelledUtterance> utterances) =>
        utterances.GroupBy(u => (u.Text, u.Context)).Where(group => group.Count() > 1)
            .Select(group => group.DistinctBy(Annotation).ToList()).Where(group => group.Count > 1);

    private static string Annotation(LabelledUtterance u) => string.Join(' ',
        u.Single.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => $"{p.Key}={p.Value}")
            .Concat(u.Multi.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => $"{p.Key}=[{string.Join(',', p.Value.Order(StringComparer.Ordinal))}]"))
            .Concat(u.Scores.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => $"{p.Key}={p.Value.ToString("R", CultureInfo.InvariantCulture)}"))
            .Concat(u.Spans.OrderBy(p => p.Key, StringComparer.Ordinal)
                .Select(p => $"{p.Key}=[{string.Join(',', p.Value.Select(s => $"{s.Label} {s.Start}..{s.End}"))}]")));

    private static IEnumerable<string> UnseenLabels(SplitSummary[] splits)
    {
        foreach (var split in splits.Skip(1))
        {
            foreach (var (head, counts) in split.Labels)
            {
                var unseen = counts.Keys.Where(label => !splits[0].Labels.TryGetValue(head, out var known) || !known.ContainsKey(label)).ToArray();
                if (unseen.Length == 0) continue;
                yield return $"{split.Name} has labels of '{head}' that train lacks and no model can learn: {string.Join(", ", unseen)}.";
            }
        }
    }

    private static string Tenth(double score) => (Math.Floor(Math.Min(score, 0.999) * 10) / 10).ToString("0.0", CultureInfo.InvariantCulture);

    private static string Number(int number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
