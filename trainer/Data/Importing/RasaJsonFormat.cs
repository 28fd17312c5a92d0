using System.Text.Json;

namespace Edge.Trainer.Data.Importing;

/// <summary>
/// Rasa's JSON: <c>{"rasa_nlu_data":{"common_examples":[{"text","intent","entities":[{"start","end","value","entity"}]}]}}</c>. Values may
/// be synonyms, so they are not held against the text. Offsets are code points.
/// </summary>
internal sealed class RasaJsonFormat : IImportFormat
{
    private static readonly string[] Lists = ["common_examples", "intent_examples", "entity_examples"];

    /// <inheritdoc/>
    public string Name => "Rasa (JSON)";

    /// <inheritdoc/>
    public bool Recognises(ImportSource source) => source.Any(row => row.Has("rasa_nlu_data"));

    /// <inheritdoc/>
    public void Read(ImportSource source, ImportOptions options, ImportReport report)
    {
        report.Remarks.Add("numbers of lines are numbers of examples");
        var number = 0;
        foreach (var (_, json) in source.Items)
        {
            if (json.Get("rasa_nlu_data", JsonValueKind.Object) is not { } data) continue;
            foreach (var (name, count) in data.EnumerateObject().Where(member => !Lists.Contains(member.Name))
                .Select(member => (member.Name, member.Value.ValueKind == JsonValueKind.Array ? member.Value.GetArrayLength() : 1)))
                if (count > 0) report.Untaken(name, count);
            foreach (var example in Lists.SelectMany(list => data.List(list)))
                Take(example, ++number, options, report);
        }
    }

    private static void Take(JsonElement example, int number, ImportOptions options, ImportReport report)
    {
        var entities = example.List("entities");
        if (entities.Count(entity => entity.Has("role") || entity.Has("group")) is > 0 and var roles)
            report.Untaken("roles and groups of entities", roles);
        if (example.Text("text") is not { } text)
            report.Leave(number, "there is no text");
        else if (entities.Any(entity => entity.Text("entity") is null))
            report.Leave(number, "an entity has no name");
        else
            report.Take(new LabelledUtterance
            {
                Text = text, Line = number,
                Single = example.Text("intent") is { Length: > 0 } intent ? new Dictionary<string, string> { ["intent"] = intent } : [],
            }, "entities", [.. entities.Select(
                entity => new RawSpan(entity.Text("entity")!, entity.Number("start"), entity.Number("end")))],
                options.Offsets ?? OffsetUnit.CodePoints);
    }
}
