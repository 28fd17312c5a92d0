using System.Text.Json;

namespace Edge.Trainer.Data.Importing;

/// <summary>Label Studio's JSON: tasks with their <c>data</c> and <c>annotations</c> (<c>completions</c> before 1.0).</summary>
internal sealed class LabelStudioFormat : IImportFormat
{
    /// <inheritdoc/>
    public string Name => "Label Studio (JSON)";

    /// <inheritdoc/>
    public bool Recognises(ImportSource source) =>
        source.Any(row => row.Get("data", JsonValueKind.Object) is not null && (row.Has("annotations") || row.Has("completions")));

    /// <inheritdoc/>
    public void Read(ImportSource source, ImportOptions options, ImportReport report) =>
        LabelStudioRow.Take([.. source.Items.Select(item => Row(item.Line, item.Json, report))], options, report);

    private static LabelStudioRow Row(int line, JsonElement task, ImportReport report)
    {
        var data = task.Get("data", JsonValueKind.Object);
        var row = new LabelStudioRow { Line = line, Text = data is { } found ? TextOf(found) : null };
        var annotations = task.List("annotations").Concat(task.List("completions")).ToArray();
        var valid = annotations.Where(annotation => annotation.Get("was_cancelled", JsonValueKind.True) is null).ToArray();
        if (valid.Length == 0)
        {
            row.Reason = annotations.Length == 0 ? "it is not annotated" : "its annotation was cancelled";
            return row;
        }

        var chosen = valid.FirstOrDefault(annotation => annotation.Get("ground_truth", JsonValueKind.True) is not null, valid[0]);
        if (valid.Length > 1) report.Untaken("further annotations of a task", valid.Length - 1);
        if (task.List("predictions") is { Count: > 0 } predictions) report.Untaken("predictions", predictions.Count);
        foreach (var result in chosen.List("result"))
        {
            var name = result.Text("from_name") ?? "label";
            if (result.Get("value", JsonValueKind.Object) is { } value
                && (row.AddSpan(name, value) || AddChoices(row, name, value))) continue;
            report.Untaken(result.Text("type") ?? "results without a type");
        }

        return row;
    }

    private static bool AddChoices(LabelStudioRow row, string name, JsonElement value)
    {
        if (value.Texts("choices") is not { } choices) return false;
        row.AddChoices(name, choices);
        return true;
    }

    private static string? TextOf(JsonElement data)
    {
        if (data.Text("text") is { } text) return text;
        string[] texts = [.. data.EnumerateObject().Where(member => member.Value.ValueKind == JsonValueKind.String)
            .Select(member => member.Value.GetString()!)];
        return texts.Length == 1 ? texts[0] : null;
    }
}
