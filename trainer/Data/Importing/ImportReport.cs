using Edge.Bundles.Decoding;

namespace Edge.Trainer.Data.Importing;

/// <summary>What was taken of a file and what was left: rows are utterances and left rows together.</summary>
/// <param name="file">The file.</param>
internal sealed class ImportReport(string file)
{
    private const int LinesShown = 5;

    private readonly List<LabelledUtterance> _utterances = [];
    private readonly Dictionary<string, List<int>> _left = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _untaken = new(StringComparer.Ordinal);

    /// <summary>What was taken, in the file's order.</summary>
    public IReadOnlyList<LabelledUtterance> Utterances => _utterances;

    /// <summary>Rows that were left.</summary>
    public int Left => _left.Values.Sum(lines => lines.Count);

    /// <summary>Rows of the file.</summary>
    public int Rows => _utterances.Count + Left;

    /// <summary>What a person should know of how the file was read.</summary>
    public IList<string> Remarks { get; } = [];

    /// <summary>Takes a row; a row without words is left.</summary>
    public void Take(LabelledUtterance utterance)
    {
        if (Wording.HasWords(utterance.Text)) _utterances.Add(utterance with { File = file });
        else Leave(utterance.Line, "the text is empty");
    }

    /// <summary>Leaves a row.</summary>
    public void Leave(int line, string reason) =>
        (_left.TryGetValue(reason, out var lines) ? lines : _left[reason] = []).Add(line);

    /// <summary>Counts something that is no row and was not taken.</summary>
    public void Untaken(string what, int count = 1) => _untaken[what] = _untaken.GetValueOrDefault(what) + count;

    /// <summary>Takes a row with spans, or leaves it where the spans do not fit its text.</summary>
    /// <param name="row">The row.</param>
    /// <param name="head">Head of the spans.</param>
    /// <param name="spans">The spans as the file has them.</param>
    /// <param name="unit">What their offsets count.</param>
    public void Take(LabelledUtterance row, string head, IReadOnlyList<RawSpan> spans, OffsetUnit unit) =>
        Take(row, [KeyValuePair.Create(head, spans)], unit);

    /// <summary>The same for several heads.</summary>
    public void Take(LabelledUtterance row, IEnumerable<KeyValuePair<string, IReadOnlyList<RawSpan>>> heads, OffsetUnit unit)
    {
        var taken = new Dictionary<string, IReadOnlyList<EntitySpan>>(StringComparer.Ordinal);
        foreach (var (head, spans) in heads)
        {
            if (Fit(row.Text, spans, unit, out var problem) is not { } fitting)
            {
                Leave(row.Line, problem);
                return;
            }

            taken.Add(head, fitting);
        }

        Take(row with { Spans = taken });
    }

    /// <summary>In lines for people.</summary>
    public IEnumerable<string> Lines()
    {
        foreach (var remark in Remarks) yield return $"  {remark}";
        foreach (var (reason, lines) in _left.OrderByDescending(pair => pair.Value.Count))
            yield return $"  left, {lines.Count} {(lines.Count == 1 ? "row" : "rows")}: {reason} " +
                $"({(lines.Count == 1 ? "line" : "lines")} {string.Join(", ", lines.Take(LinesShown))}" +
                $"{(lines.Count > LinesShown ? " ..." : "")})";
        if (_untaken.Count > 0)
            yield return $"  not taken: {string.Join(", ", _untaken.Select(pair => $"{pair.Key} {pair.Value}"))}";
    }

    private static EntitySpan[]? Fit(string text, IReadOnlyList<RawSpan> spans, OffsetUnit unit, out string problem)
    {
        var fitting = new List<EntitySpan>();
        foreach (var span in spans)
        {
            var (start, end) = (OffsetUnits.ToUtf16(text, span.Start, unit), OffsetUnits.ToUtf16(text, span.End, unit));
            problem = start < 0 || end <= start ? $"a span lies outside of the text, counted in {OffsetUnits.Name(unit)}"
                : !span.Covers(text[start..end]) ? $"a span is not the text that it says it is, counted in {OffsetUnits.Name(unit)}"
                : span.Label.Trim().Length == 0 ? "a span has no label"
                : "";
            if (problem.Length > 0) return null;
            fitting.Add(new EntitySpan(span.Label.Trim(), start, end));
        }

        fitting.Sort((a, b) => (a.Start, a.End).CompareTo((b.Start, b.End)));
        EntitySpan[] different = [.. fitting.Distinct()];
        problem = different.Zip(different.Skip(1)).Any(pair => pair.Second.Start < pair.First.End)
            ? "spans overlap, which those of one head cannot"
            : "";
        return problem.Length > 0 ? null : different;
    }
}
