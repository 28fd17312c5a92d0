using Edge.Bundle.Tests.Support;
using Edge.Bundles.Common;
using Edge.Bundles.Tasks;

namespace Edge.Bundle.Tests.Tasks;

public sealed class TaskFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Read_OfWritten_IsTheSame()
    {
        TaskDefinition task = new()
        {
            Language = "en",
            MaxLength = 32,
            UsesContext = true,
            Heads = [new HeadDefinition { Name = "intent", Kind = HeadKind.Single, Labels = ["退款", "b"], Weight = 2 }],
        };

        TaskFile.Write(_folder.File("task.json"), task);
        var read = TaskFile.Read(_folder.File("task.json"));

        Assert.Equal((task.Language, task.MaxLength, task.UsesContext), (read.Language, read.MaxLength, read.UsesContext));
        var head = Assert.Single(read.Heads);
        Assert.Equal(("intent", HeadKind.Single, 2.0), (head.Name, head.Kind, head.Weight));
        Assert.Equal(["退款", "b"], head.Labels);
        Assert.Contains("退款", File.ReadAllText(_folder.File("task.json")), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_Defaults_AreThoseOfTheDocument()
    {
        var task = Read("""{"heads":[{"name":"intent","kind":"single"}]}""");

        Assert.Equal(("zh", 64, false, 1.0), (task.Language, task.MaxLength, task.UsesContext, task.Heads[0].Weight));
        Assert.Empty(task.Heads[0].Labels);
    }

    [Fact]
    public void Read_SeveralProblems_NamesAllOfThem()
    {
        var error = Refused(
            """{"maxLength":1000,"heads":[{"name":"1x","kind":"single","labels":["a"]},{"name":"y","kind":"span","weight":0},{"name":"y","kind":"score","labels":["a"]},null]}""");

        Assert.Contains("task.json: ", error, StringComparison.Ordinal);
        Assert.Contains("maxLength is 1000; use 8 to 512", error, StringComparison.Ordinal);
        Assert.Contains(
            "heads[0] (1x): name is '1x'; use letters, digits, _ and -, starting with a letter", error, StringComparison.Ordinal);
        Assert.Contains("heads[0] (1x): labels has only 'a'; a single head needs at least 2", error, StringComparison.Ordinal);
        Assert.Contains("heads[1] (y): weight is 0; use a number above 0", error, StringComparison.Ordinal);
        Assert.Contains("heads[2] (y): name occurs twice", error, StringComparison.Ordinal);
        Assert.Contains("heads[2] (y): labels has 1 entries; a score has none", error, StringComparison.Ordinal);
        Assert.Contains("heads[3] is null", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("null", "the file holds null")]
    [InlineData("{}", "this is not a task file")]
    [InlineData("""{"heads":[]}""", "heads is empty")]
    [InlineData("""{"heads":null}""", "heads is empty")]
    [InlineData("""{"heads":[{"name":"x","kind":"other"}]}""", "this is not a task file")]
    [InlineData("""{"heads":[{"name":"x","kind":7}]}""", "kind")]
    [InlineData("""{"heads":[{"name":"x","kind":"multi","labels":["a",""]}]}""", "labels has an empty entry")]
    [InlineData("""{"heads":[{"name":"x","kind":"single","labels":null}]}""", "heads[0] (x): labels is null")]
    [InlineData("""{"heads":[{"name":"spans","kind":"span"}]}""", "name is 'spans', which stands for something else")]
    [InlineData("""{"heads":[{"name":"confidence","kind":"score"}]}""", "name is 'confidence', which stands for something else")]
    [InlineData("""{"heads":[{"name":"input_ids","kind":"single"}]}""", "name is 'input_ids', which stands for something else")]
    [InlineData("""{"heads":[{"name":"x","kind":"span","transitions":{"unseen":[0],"seen":[null]}}]}""", "transitions")]
    [InlineData("""{"heads":[{"name":"x","kind":"single","transitions":{"unseen":[0],"seen":[]}}]}""",
        "transitions has 1 tags; only a span head has tags")]
    [InlineData("[1", "this is not a task file")]
    public void Read_BadFile_SaysWhatIsWrong(string content, string expected) =>
    Assert.Contains(expected, Refused(content), StringComparison.Ordinal);

    [Fact]
    public void Read_NoFile_SaysSo() => Assert.Throws<BundleException>(() => TaskFile.Read(_folder.File("none.json")));

    [Fact]
    public void Write_BadTask_IsRefused() =>
        Assert.Throws<BundleException>(() => TaskFile.Write(_folder.File("task.json"), new TaskDefinition { Heads = [] }));

    private TaskDefinition Read(string content)
    {
        File.WriteAllText(_folder.File("task.json"), content);
        return TaskFile.Read(_folder.File("task.json"));
    }

    private string Refused(string content) => Assert.Throws<BundleException>(() => Read(content)).Message;
}
