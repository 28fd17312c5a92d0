using Edge.Trainer.Pipelines;

namespace Edge.Trainer.Tests.Pipelines;

public sealed class TrainingDocumentTests
{
    private static readonly string Document = File.ReadAllText(Find());

    [Fact]
    public void Document_Example_CanBeUsed()
    {
        var start = Document.IndexOf("```json", StringComparison.Ordinal) + "```json".Length;
        var file = Path.GetTempFileName();
        File.WriteAllText(file, Document[start..Document.IndexOf("```", start, StringComparison.Ordinal)]);
        Assert.Equal(16, RecipeFile.Read(file).FineTuning.Lora!.Rank);
        File.Delete(file);
    }

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Edge.sln")))
            folder = folder.Parent!;
        return Path.Combine(folder.FullName, "docs", "guide", "training.md");
    }
}
