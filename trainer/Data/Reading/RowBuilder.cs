using Edge.Bundles.Decoding;
using Edge.Bundles.Tasks;

namespace Edge.Trainer.Data.Reading;

/// <summary>Checks one row against the heads and builds its utterance.</summary>
/// <param name="kinds">Kind by head; heads that it lacks are left out.</param>
/// <param name="labels">Labels that a head may have; heads that it lacks may have any.</param>
/// <param name="complete">True where <paramref name="kinds"/> comes from the data itself and not from a task file.</param>
/// <param name="variants">How labels are written.</param>
/// <param name="offsets">What the offsets of spans count.</param>
/// <param name="suspected">What they count as it seems, and why, where nobody said it.</param>
/// <param name="scopeHead">The head of which a row may say, too, that the utterance belongs to none of its labels.</param>
internal sealed class RowBuilder(
    IReadOnlyDictionary<string, HeadKind> kinds, IReadOnlyDictionary<string, IReadOnlySet<string>> labels, bool complete,
    LabelVariants variants, OffsetUnit offsets, (OffsetUnit Unit, string Reason)? suspected, string scopeHead)
{
    private static readonly char[] LabelSeparators = [';', '；'];

    /// <summary>The utterance, or <c>null</c> with the reasons added to the row's problems.</summary>
    public LabelledUtterance? Build(RawRow row)
    {
        if (row.Problems.Count > 0) return null;
        if (row.Text is null) row.Problems.Add("the row has no \"text\"; add it, or say with --map which key is the text");
        else if (string.IsNullOrWhiteSpace(row.Text)) row.Problems.Add("\"text\" is empty; write what the caller said, or delete the row");
        else if (!Wording.HasWords(row.Text))
            row.Problems.Add(
                $"\"text\" has only invisible characters (U+{(int)row.Text[0]:X4}); write what the caller said, or delete the row");

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
                    multi.Add(head, [
                        .. Labels(value, kind).Select(item => Label(head, item, row)).OfType<string>().Distinct(StringComparer.Ordinal)]);
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

    /// <summary>The labels of a value, as they are written.</summary>
    public static IEnumerable<string> Labels(RawValue value, HeadKind kind) => kind switch
    {
        HeadKind.Single when value.Kind is HeadKind.Single or HeadKind.Score || value.IsCell => [value.Text],
        HeadKind.Multi => value.Labels ?? (value.IsCell
            ? value.Text.Split(LabelSeparators, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            : []),
        HeadKind.Span => (value.Spans ?? []).Select(span => span.Label),
        _ => [],
    };

    private string? Label(string head, string label, RawRow row)
    {
        label = variants.Of(head, label);
        if (LabelText.Tidy(label).Length == 0)
            row.Problems.Add($"\"{head}\" has an empty label; write a label, or leave the key out where the row is not annotated");
        else if (labels.TryGetValue(head, out var allowed) && !allowed.Contains(label)
            && !(head == scopeHead && OutOfScope.IsLabel(label)))
            row.Problems.Add(
                $"\"{head}\" has the label \"{label}\"; the task file allows {Some(allowed)}: correct the row or add the label there");
        else return label;
        return null;
    }

    private List<EntitySpan> Spans(string head, IReadOnlyList<RawSpan> spans, RawRow row)
    {
        var found = new List<EntitySpan>();
        if (row.Text is not { } text) return found;
        foreach (var span in spans)
        {
            if (Label(head, span.Label, row) is not { } label) continue;
            var (start, end) = (OffsetUnits.ToUtf16(text, span.Start, offsets), OffsetUnits.ToUtf16(text, span.End, offsets));
            if (Problem(text, span, start, end) is { } problem)
                row.Problems.Add($"\"{head}\": {span.Label} {span.Start}..{span.End} {problem}");
            else
                found.Add(new EntitySpan(label, start, end));
        }

        if (suspected is { } other && spans.Any(span => OffsetRecognition.Differs(text, span, other.Unit)))
            row.Problems.Add($"\"{head}\": {other.Reason}");
        found.Sort((a, b) => (a.Start, a.End).CompareTo((b.Start, b.End)));
        foreach (var (before, span) in found.Zip(found.Skip(1)))
            if (span.Start < before.End)
                row.Problems.Add(
                    $"\"{head}\": {span.Label} {span.Start}..{span.End} overlaps {before.Label} {before.Start}..{before.End}; spans of " +
                    "one head must not overlap");
        return found;
    }

    private string? Problem(string text, RawSpan span, int start, int end)
    {
        if (span.Start >= span.End) return "is empty; start must be less than end (end is one past the last unit)";
        if (start < 0 || end < 0)
        {
            var length = offsets == OffsetUnit.Bytes ? System.Text.Encoding.UTF8.GetByteCount(text)
                : offsets == OffsetUnit.CodePoints ? text.EnumerateRunes().Count()
                : text.Length;
            return span.Start < 0 || span.End > length
                ? $"lies outside the text of {length} {OffsetUnits.Name(offsets)}; use 0 <= start < end <= {length}"
                : $"starts or ends within a character of several {OffsetUnits.Name(offsets)}";
        }

        if (OffsetRecognition.Splits(text, start) || OffsetRecognition.Splits(text, end))
            return "splits a character made of two UTF-16 units (an emoji, a rare Han character); count such a character as two";
        if (span.Covers(text[start..end])) return null;
        return $"is '{text[start..end]}', but says of itself that it is '{span.Text}'"
            + (end < text.Length && span.Covers(text[start..(end + 1)]) ? "; the end is one too small: it is one past the last unit" : "")
            + "; correct the offsets";
    }

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
