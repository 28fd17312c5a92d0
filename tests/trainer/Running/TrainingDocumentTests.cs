using System.Text.Json;
using System.Text.Json.Nodes;
using Edge.Trainer.Model.Adapters;
using Edge.Trainer.Running;
using Edge.Trainer.Training.FineTuning;
using Edge.Trainer.Tuning;

namespace Edge.Trainer.Tests.Running;

public sealed class TrainingDocumentTests
{
    private static readonly string Document = File.ReadAllText(Find());

    [Fact]
    public void Document_EverySetting_IsNamed()
    {
        var recipe = new RunRecipe { FineTuning = new FineTuningOptions { FrozenLayers = 1, Adapters = new AdapterOptions() } };
        var members = Leaves(JsonSerializer.SerializeToNode(recipe, RecipeFile.Json)!.AsObject()).Distinct();
        Assert.All(members, member => Assert.True(Document.Contains($"`{member}`", StringComparison.Ordinal) || Document.Contains($".{member}`", StringComparison.Ordinal), $"docs/training.md does not explain {member}"));
        Assert.All(TunedParameter.All.Keys, name => Assert.Contains($"`{name}`", Document, StringComparison.Ordinal));
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

    private static IEnumerable<string> Leaves(JsonObject settings) =>
        settings.SelectMany(entry => entry.Value is JsonObject inner ? Leaves(inner) : [entry.Key]);

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Edge.sln")))
            folder = folder.Parent!;
        return Path.Combine(folder.FullName, "docs", "training.md");
    }
}
