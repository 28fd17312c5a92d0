using System.Text.Json;

namespace Edge.Trainer.Data.Importing;

/// <summary>
/// Prodigy's JSONL: <c>{"text":"...","spans":[{"start":0,"end":5,"label":"ORG"}],"answer":"accept"}</c>, a label, or a choice of options.
/// What was rejected or ignored is left. Offsets are code points.
/// </summary>
internal sealed class ProdigyFormat : IImportFormat
{
    private const string Head = "label";

    /// <inheritdoc/>
    public string Name => "Prodigy";

    /// <inheritdoc/>
    public bool Recognises(ImportSource source) => source.Any(row => row.Text("text") is not null
        && (row.Has("_task_hash") || row.Has("_input_hash") || row.Text("answer") is "accept" or "reject" or "ignore"));

    /// <inheritdoc/>
    public void Read(ImportSource source, ImportOptions options, ImportReport report)
    {
        var hasSpans = source.Items.Any(item => item.Json.List("spans").Count > 0);
        var several = source.Items.Any(item => item.Json.List("accept").Count > 1);
        foreach (var (line, json) in source.Items)
        {
            if (json.Text("answer") is { } answer && answer != "accept")
                report.Leave(line, $"the answer is {answer}");
            else if (json.Text("text") is not { } text)
                report.Leave(line, "there is no text");
            else
                Take(json, text, line, hasSpans, several, options, report);
        }
    }

    private static void Take(
        JsonElement json, string text, int line, bool hasSpans, bool several, ImportOptions options, ImportReport report)
    {
        if (json.List("relations") is { Count: > 0 } relations) report.Untaken("relations", relations.Count);
        var row = new LabelledUtterance { Text = text, Line = line };
        string[] chosen = [.. json.List("accept").Where(item => item.ValueKind == JsonValueKind.String).Select(item => item.GetString()!)];
        if (several && json.Has("accept"))
            row = row with { Multi = new Dictionary<string, IReadOnlyList<string>> { [Head] = chosen } };
        else if (chosen.Length == 1 || json.Text("label") is not null)
            row = row with { Single = new Dictionary<string, string> { [Head] = chosen.Length == 1 ? chosen[0] : json.Text("label")! } };
        if (!hasSpans || !json.Has("spans"))
        {
            report.Take(row);
            return;
        }

        var spans = json.List("spans");
        if (spans.Any(span => span.Text("label") is null))
            report.Leave(line, "a span has no label");
        else
            report.Take(row, "entities", [.. spans.Select(span =>
                new RawSpan(span.Text("label")!, span.Number("start"), span.Number("end"), span.Text("text")))],
                options.Offsets ?? OffsetUnit.CodePoints);
    }
}
