using System.Text.Json;

namespace Edge.Trainer.Data.Importing;

/// <summary>
/// CLUENER: <c>{"text":"浙商银行企业信贷部","label":{"company":{"浙商银行":[[0,3]]}}}</c>. The end is the last character itself.
/// </summary>
internal sealed class CluenerFormat : IImportFormat
{
    /// <inheritdoc/>
    public string Name => "CLUENER";

    /// <inheritdoc/>
    public bool Recognises(ImportSource source) => source.Any(row => row.Text("text") is not null
        && row.Get("label", JsonValueKind.Object) is { } labels && labels.EnumerateObject().Any()
        && labels.EnumerateObject().All(label => label.Value.ValueKind == JsonValueKind.Object
            && label.Value.EnumerateObject().All(value => value.Value.ValueKind == JsonValueKind.Array)));

    /// <inheritdoc/>
    public void Read(ImportSource source, ImportOptions options, ImportReport report)
    {
        foreach (var (line, json) in source.Items)
        {
            if (json.Text("text") is not { } text)
                report.Leave(line, "there is no text");
            else if (json.Get("label", JsonValueKind.Object) is not { } labels)
                report.Leave(line, "there is no label (as in the test file)");
            else if (Spans(labels) is not { } spans)
                report.Leave(line, "a label has no list of [first, last]");
            else
                report.Take(
                    new LabelledUtterance { Text = text, Line = line }, "entities", spans, options.Offsets ?? OffsetUnit.CodePoints);
        }
    }

    private static List<RawSpan>? Spans(JsonElement labels)
    {
        var spans = new List<RawSpan>();
        foreach (var label in labels.EnumerateObject())
        {
            if (label.Value.ValueKind != JsonValueKind.Object) return null;
            foreach (var value in label.Value.EnumerateObject())
            {
                if (value.Value.ValueKind != JsonValueKind.Array) return null;
                foreach (var place in value.Value.EnumerateArray())
                {
                    if (place.ValueKind != JsonValueKind.Array || place.GetArrayLength() != 2) return null;
                    spans.Add(new RawSpan(label.Name, place[0].Number(), place[1].Number() + 1, value.Name));
                }
            }
        }

        return spans;
    }
}
