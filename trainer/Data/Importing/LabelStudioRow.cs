using System.Text.Json;

namespace Edge.Trainer.Data.Importing;

/// <summary>Collects what Label Studio has of one task and gives it to the report; the same for all of its exports.</summary>
internal sealed class LabelStudioRow
{
    private readonly Dictionary<string, List<RawSpan>> _spans = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<string>> _choices = new(StringComparer.Ordinal);

    /// <summary>The text; <c>null</c>: none was found.</summary>
    public string? Text { get; set; }

    /// <summary>Line of the task.</summary>
    public required int Line { get; init; }

    /// <summary>Why the task is left; <c>null</c>: it is taken.</summary>
    public string? Reason { get; set; }

    /// <summary>Heads of which a task of the file has several choices at once.</summary>
    public IEnumerable<string> Several => _choices.Where(pair => pair.Value.Count > 1).Select(pair => pair.Key);

    /// <summary>Heads of spans.</summary>
    public IEnumerable<string> SpanHeads => _spans.Keys;

    /// <summary>Adds a span: <c>{"start":0,"end":5,"text":"...","labels":["ORG"]}</c>.</summary>
    /// <returns>False where the value is none.</returns>
    public bool AddSpan(string name, JsonElement value)
    {
        if ((value.Texts("labels") ?? value.Texts("hypertextlabels")) is not { } labels) return false;
        var spans = _spans.TryGetValue(SpanHead(name), out var known) ? known : _spans[SpanHead(name)] = [];
        spans.AddRange(labels.Select(label => new RawSpan(label, value.Number("start"), value.Number("end"), value.Text("text"))));
        return true;
    }

    /// <summary>Says that there is a head of spans, though this task may have none.</summary>
    public void AddSpanHead(string name) => _spans.TryAdd(SpanHead(name), []);

    /// <summary>Adds choices.</summary>
    public void AddChoices(string name, IEnumerable<string> choices) =>
        (_choices.TryGetValue(Head(name), out var known) ? known : _choices[Head(name)] = []).AddRange(choices);

    /// <summary>Takes or leaves the tasks of a file. Offsets are UTF-16 units, as JavaScript counts, unless said otherwise.</summary>
    public static void Take(IReadOnlyList<LabelStudioRow> rows, ImportOptions options, ImportReport report)
    {
        var several = rows.SelectMany(row => row.Several).ToHashSet(StringComparer.Ordinal);
        var heads = rows.SelectMany(row => row.SpanHeads).ToHashSet(StringComparer.Ordinal);
        foreach (var row in rows)
        {
            if ((row.Reason ?? (row.Text is null ? "there is no text" : null)) is { } reason)
            {
                report.Leave(row.Line, reason);
                continue;
            }

            report.Take(new LabelledUtterance
            {
                Text = row.Text!, Line = row.Line,
                Single = row._choices.Where(pair => !several.Contains(pair.Key) && pair.Value.Count == 1)
                    .ToDictionary(pair => pair.Key, pair => pair.Value[0]),
                Multi = row._choices.Where(pair => several.Contains(pair.Key))
                    .ToDictionary(pair => pair.Key, pair => (IReadOnlyList<string>)[.. pair.Value.Distinct(StringComparer.Ordinal)]),
            },
            heads.Select(head => KeyValuePair.Create(head, (IReadOnlyList<RawSpan>)(row._spans.GetValueOrDefault(head) ?? []))),
            options.Offsets ?? OffsetUnit.Utf16);
        }
    }

    // "label" is what the templates of Label Studio call the control that marks entities.
    private static string SpanHead(string name) => name is "label" ? "entities" : Head(name);

    private static string Head(string name)
    {
        if (HeadNames.Problem(name) is null && !HeadNames.IsReserved(name)) return name;
        var head = string.Concat(name.Where(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-')).TrimStart('_', '-');
        return HeadNames.Problem(head) is null && !HeadNames.IsReserved(head) ? head : "head_" + head;
    }
}
