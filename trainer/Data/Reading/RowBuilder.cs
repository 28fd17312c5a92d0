using Edge.Bundles.Decoding;
using Edge.Bundles.Tasks;

namespace Edge.Trainer.Data.Reading;

/// <summary>Checks one row against the heads and builds its utterance.</summary>
/// <param name="kinds">Kind by head; heads that it lacks are left out.</param>
/// <param name="labels">Labels that a head may have; heads that it lacks may have any.</param>
/// <param name="complete">True where <paramref name="kinds"/> comes from the data itself and not from a task file.</param>
internal sealed class RowBuilder(
    IReadOnlyDictionary<string, HeadKind> kinds, IReadOnlyDictionary<string, IReadOnlySet<string>> labels, bool complete)
{
    private static readonly char[] LabelSeparators = [';', '；'];

    /// <summary>The utterance, or <c>null</c> with the reasons added to the row's problems.</summary>
    public LabelledUtterance? Build(RawRow row)
    {
        if (row.Problems.Count > 0) return null;
        if (row.Text is null) row.Problems.Add("the row has no \"text\"; add it, or say with --map which key is the text");
        else if (string.IsNullOrWhiteSpace(row.Text)) row.Problems.Add("\"text\" is empty; write what the caller said, or delete the row");

        var single = new Dictionary<string, string>(StringComparer.Ordinal);
        var multi = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        var scores = new Dictionary<string, double>(StringComparer.Ordinal);
        var spans = new Dictionary<string, IReadOnlyList<EntitySpan>>(StringComparer.Ordinal);
        foreach (var (head, value) in row.Heads)
        {
            if (!kinds.TryGetValue(head, out var kind)) continue;
            switch (kind)
            {
                // a number may be the name of a class
                case HeadKind.Single when value.Kind is HeadKind.Single or HeadKind.Score || value.IsCell:
                    if (Label(head, value.Text, row) is { } label) single.Add(head, label);
                    break;
                case HeadKind.Multi when value.Labels is not null || value.IsCell:
                    var list = value.Labels
                        ?? value.Text.Split(LabelSeparators, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
                    multi.Add(head, [.. list.Select(item => Label(head, item, row)).OfType<string>().Distinct(StringComparer.Ordinal)]);
                    break;
                case HeadKind.Score when value.Kind == HeadKind.Score || value.IsCell:
                    if (!HeadKinds.TryNumber(value.Text, out var score) || score is < 0 or > 1)
                        row.Problems.Add($"\"{head}\" is {value.Text}; a score is a number from 0 to 1");
                    else scores.Add(head, score);
                    break;
                case HeadKind.Span when value.Spans is not null || value.IsEmptyList:
                    spans.Add(head, Spans(head, value.Spans ?? [], row));
                    break;
                default:
                    row.Problems.Add(
                        $"\"{head}\" is {value.Describe()}; {(complete ? "most other rows have" : "the task file wants")} {Form(kind)}");
                    break;
            }
        }

        if (row.Problems.Count > 0) return null;
        return new LabelledUtterance
        {
            Text = row.Text!,
            Context = string.IsNullOrWhiteSpace(row.Context) ? null : row.Context,
            Single = single,
            Multi = multi,
            Scores = scores,
            Spans = spans,
            File = row.File,
            Line = row.Line,
        };
    }

    private string? Label(string head, string label, RawRow row)
    {
        if (string.IsNullOrWhiteSpace(label))
            row.Problems.Add($"\"{head}\" has an empty label; write a label, or leave the key out where the row is not annotated");
        else if (labels.TryGetValue(head, out var allowed) && !allowed.Contains(label))
            row.Problems.Add(
                $"\"{head}\" has the label \"{label}\"; the task file allows {Some(allowed)}: correct the row or add the label there");
        else return label;
        return null;
    }

    private List<EntitySpan> Spans(string head, IReadOnlyList<EntitySpan> spans, RawRow row)
    {
        var sorted = spans.OrderBy(span => span.Start).ThenBy(span => span.End).ToList();
        if (row.Text is not { } text) return sorted;
        var end = 0;
        EntitySpan? before = null;
        foreach (var span in sorted)
        {
            if (Label(head, span.Label, row) is null) continue;
            var place = $"\"{head}\": {span.Label} {span.Start}..{span.End}";
            if (span.Start < 0 || span.End > text.Length)
                row.Problems.Add($"{place} lies outside the text of {text.Length} UTF-16 units; use 0 <= start < end <= {text.Length}");
            else if (span.Start >= span.End) row.Problems.Add(
                $"{place} is empty; start must be less than end (end is one past the last unit)");
            else if (Splits(text, span.Start) || Splits(text, span.End))
                row.Problems.Add(
                    $"{place} splits a character made of two UTF-16 units (an emoji, a rare Han character); count such a character as two");
            else if (span.Start < end && before is { } other)
                row.Problems.Add($"{place} overlaps {other.Label} {other.Start}..{other.End}; spans of one head must not overlap");
            else (end, before) = (span.End, span);
        }

        return sorted;
    }

    private static bool Splits(string text, int at) =>
        at > 0 && at < text.Length && char.IsHighSurrogate(text[at - 1]) && char.IsLowSurrogate(text[at]);

    private static string Form(HeadKind kind) => kind switch
    {
        HeadKind.Single => "one label (a string)",
        HeadKind.Multi => "a list of labels",
        HeadKind.Score => "a number from 0 to 1",
        _ => "a list of {\"label\",\"start\",\"end\"}",
    };

    private static string Some(IReadOnlySet<string> labels) =>
        string.Join(", ", labels.Take(12)) + (labels.Count > 12 ? $" and {labels.Count - 12} more" : "");
}
