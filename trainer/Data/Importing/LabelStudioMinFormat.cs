using System.Text.Json;

namespace Edge.Trainer.Data.Importing;

/// <summary>
/// Label Studio's JSON-MIN: an annotation an object, <c>{"text":"...","label":[{"start":0,"end":5,"labels":["ORG"]}]}</c>.
/// </summary>
internal sealed class LabelStudioMinFormat : IImportFormat
{
    /// <summary>Keys of the export itself.</summary>
    public static IReadOnlyList<string> Own { get; } =
        ["id", "annotator", "annotation_id", "created_at", "updated_at", "lead_time", "predictions", "agreement"];

    /// <inheritdoc/>
    public string Name => "Label Studio (JSON-MIN)";

    /// <inheritdoc/>
    public bool Recognises(ImportSource source) => source.Any(row => row.Has("annotation_id") && row.Has("annotator"));

    /// <inheritdoc/>
    public void Read(ImportSource source, ImportOptions options, ImportReport report) =>
        LabelStudioRow.Take([.. source.Items.Select(item => Row(
            item.Line, item.Json.EnumerateObject().Select(member => KeyValuePair.Create(member.Name, member.Value)), report))],
            options, report);

    /// <summary>A task from its keys and values.</summary>
    public static LabelStudioRow Row(int line, IEnumerable<KeyValuePair<string, JsonElement>> members, ImportReport report)
    {
        var row = new LabelStudioRow { Line = line };
        foreach (var (key, value) in members)
        {
            if (Own.Contains(key)) continue;
            if (key == "text" && value.ValueKind == JsonValueKind.String)
                row.Text = value.GetString();
            else if (value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } choice)
                row.AddChoices(key, [choice]);
            else if (value.Texts("choices") is { } choices)
                row.AddChoices(key, choices);
            else if (value.ValueKind == JsonValueKind.Array && value.EnumerateArray().All(item => item.Has("start")))
                AddSpans(row, key, value, report);
            else if (value.ValueKind is not (JsonValueKind.Null or JsonValueKind.String))
                report.Untaken(key);
        }

        return row;
    }

    private static void AddSpans(LabelStudioRow row, string key, JsonElement spans, ImportReport report)
    {
        row.AddSpanHead(key);
        foreach (var span in spans.EnumerateArray())
            if (!row.AddSpan(key, span)) report.Untaken("spans without a label");
    }
}
