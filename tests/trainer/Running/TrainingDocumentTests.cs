using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Edge.Trainer.Model.Adapters;
using Edge.Trainer.Running;
using Edge.Trainer.Training.FineTuning;
using Edge.Trainer.Tuning;

namespace Edge.Trainer.Tests.Running;

public sealed class TrainingDocumentTests
{
    private static readonly string Document = File.ReadAllText(Find());
    private static readonly JsonSerializerOptions WithNothing = new(RecipeFile.Json) { DefaultIgnoreCondition = JsonIgnoreCondition.Never };

    [Fact]
    public void Document_EverySetting_IsNamed()
    {
        var recipe = new RunRecipe { FineTuning = new FineTuningOptions { FrozenLayers = 1, Adapters = new AdapterOptions() } };
        var members = Leaves(JsonSerializer.SerializeToNode(recipe, RecipeFile.Json)!.AsObject()).Distinct();
        Assert.All(members, member => Assert.True(Document.Contains($"`{member}`", StringComparison.Ordinal) || Document.Contains($".{member}`", StringComparison.Ordinal), $"docs/guide/training.md does not explain {member}"));
        Assert.All(TunedParameter.All.Keys, name => Assert.Contains($"`{name}`", Document, StringComparison.Ordinal));
    }

    [Fact]
    public void Document_Defaults_AreThoseOfTheCode()
    {
        var adapters = new JsonObject { ["fineTuning.adapters"] = JsonSerializer.SerializeToNode(new AdapterOptions(), RecipeFile.Json) };
        var defaults = Paths(JsonSerializer.SerializeToNode(new RunRecipe(), WithNothing)!.AsObject(), "").Concat(Paths(adapters, "")).ToDictionary();
        var compared = 0;
        foreach (var (names, values) in DefaultsOfTables())
        {
            if (names.Length != values.Length)
                continue; // said in words
            var folder = names[0][..(names[0].LastIndexOf('.') + 1)];
            foreach (var (name, value) in names.Zip(values))
            {
                var path = new[] { name, folder + name, "fineTuning.adapters" + name.Replace("…", "", StringComparison.Ordinal), "pretraining." + name }.FirstOrDefault(defaults.ContainsKey);
                Assert.True(path is not null, $"docs/guide/training.md: there is no setting {name}");
                if (!IsValue(value))
                    continue;
                Assert.True(value == defaults[path], $"docs/guide/training.md: the default of {path} is {defaults[path]}, not {value}");
                compared++;
            }
        }
        Assert.InRange(compared, 50, 200);
    }

    [Fact]
    public void Document_Example_CanBeUsed()
    {
        var start = Document.IndexOf("```json", StringComparison.Ordinal) + "```json".Length;
        var file = Path.GetTempFileName();
        File.WriteAllText(file, Document[start..Document.IndexOf("```", start, StringComparison.Ordinal)]);
        Assert.Equal(16, RecipeFile.Read(file).FineTuning.Adapters!.Rank);
        File.Delete(file);
    }

    // Rows of the tables that have a column of settings and one of defaults; a default may go on after a semicolon with what other phases have.
    private static IEnumerable<(string[] Names, string[] Values)> DefaultsOfTables()
    {
        var column = -1;
        foreach (var line in Document.Split('\n'))
        {
            var cells = line.Split('|');
            if (cells.Length < 4)
                continue;
            if (!cells[1].Contains('`', StringComparison.Ordinal) && cells[1] != "---")
                column = cells[1].Trim() == "setting" ? Array.FindIndex(cells, cell => cell.Trim() == "default") : -1;
            else if (column > 0 && cells[1] != "---")
                yield return (Items(cells[1]), Items(cells[column].Replace(",000", "000", StringComparison.Ordinal).Split(';')[0]));
        }

        static string[] Items(string cell) => cell.Split(", ").Select(item => item.Trim().Trim('`')).ToArray();
    }

    private static bool IsValue(string text) => text is "true" or "false" or "none" or "gelu" or "last" or "uniform" or "mean" or "auto" or "trained" || (text.Length > 0 && text.All(c => char.IsAsciiDigit(c) || c == '.'));

    // As the document writes them: no quotation marks, nothing is none.
    private static IEnumerable<KeyValuePair<string, string>> Paths(JsonObject settings, string folder) =>
        settings.SelectMany(entry => entry.Value is JsonObject inner
            ? Paths(inner, $"{folder}{entry.Key}.")
            : [new(folder + entry.Key, entry.Value?.ToJsonString().Trim('"') is { } text and not "[]" ? text : "none")]);

    private static IEnumerable<string> Leaves(JsonObject settings) =>
        settings.SelectMany(entry => entry.Value is JsonObject inner ? Leaves(inner) : [entry.Key]);

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Edge.sln")))
            folder = folder.Parent!;
        return Path.Combine(folder.FullName, "docs", "guide", "training.md");
    }
}
