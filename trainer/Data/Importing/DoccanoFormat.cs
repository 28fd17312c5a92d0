using System.Text.Json;

namespace Edge.Trainer.Data.Importing;

/// <summary>
/// doccano's JSONL of sequence labelling: <c>{"text":"...","label":[[0,2,"ORG"]]}</c>, or with relations
/// <c>{"text":"...","entities":[{"label":"ORG","start_offset":0,"end_offset":2}],"relations":[]}</c>. Offsets are code points.
/// </summary>
internal sealed class DoccanoFormat : IImportFormat
{
    private static readonly string[] SpanKeys = ["label", "labels", "entities"];

    /// <inheritdoc/>
    public string Name => "doccano";

    /// <inheritdoc/>
    public bool Recognises(ImportSource source) => source.Any(row => row.Text("text") is not null
        && SpanKeys.Any(key => row.List(key) is { Count: > 0 } list && list.All(item => Span(item) is not null)));

    /// <inheritdoc/>
    public void Read(ImportSource source, ImportOptions options, ImportReport report)
    {
        foreach (var (line, json) in source.Items)
        {
            if (json.List("relations") is { Count: > 0 } relations) report.Untaken("relations", relations.Count);
            var comments = json.List("Comments").Count + json.List("comments").Count;
            if (comments > 0) report.Untaken("comments", comments);
            var key = SpanKeys.FirstOrDefault(key => json.Get(key, JsonValueKind.Array) is not null);
            var spans = key is null ? null : json.List(key).Select(Span).ToArray();
            if (json.Text("text") is not { } text)
                report.Leave(line, "there is no text");
            else if (spans is null)
                report.Leave(line, "there is no list of labels");
            else if (!Array.TrueForAll(spans, span => span is not null))
                report.Leave(line, "a label is no [start, end, name]");
            else
                report.Take(new LabelledUtterance { Text = text, Line = line }, "entities", [.. spans.Select(span => span!.Value)],
                    options.Offsets ?? OffsetUnit.CodePoints);
        }
    }

    private static RawSpan? Span(JsonElement item)
    {
        if (item.ValueKind == JsonValueKind.Array && item.GetArrayLength() == 3 && item[2].ValueKind == JsonValueKind.String
            && item[0].ValueKind == JsonValueKind.Number && item[1].ValueKind == JsonValueKind.Number)
            return new RawSpan(item[2].GetString()!, item[0].Number(), item[1].Number());
        return item.Text("label") is { } label && item.Has("start_offset") && item.Has("end_offset")
            ? new RawSpan(label, item.Number("start_offset"), item.Number("end_offset"))
            : null;
    }
}
