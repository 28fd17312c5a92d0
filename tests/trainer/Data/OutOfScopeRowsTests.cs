using Edge.Bundles.Tasks;
using Edge.Trainer.Pipelines;

namespace Edge.Trainer.Tests.Data;

public sealed class OutOfScopeRowsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("edge-scope-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("oos")]
    [InlineData("OOS")]
    [InlineData("out_of_scope")]
    [InlineData("Out of scope")]
    [InlineData("outOfScope")]
    public void Read_RowsThatSayOutOfScope_AreNoLabelAndAreNotLearned(string label)
    {
        Write("train", ("call anna", "call"), ("pay bert", "pay"), ("how old is the moon", label));
        Write("dev", ("call bert", "call"), ("sing me a song", label));
        Write("test", ("pay anna", "pay"), ("tell a joke", label), ("what rhymes", label));

        var data = PreparedData.Read(new RunOptions { Data = _folder, Out = "" });

        Assert.Equal(["call", "pay"], data.Task.Heads.Single().Labels.Order());
        Assert.Equal(["call anna", "pay bert"], data.Splits.Train.Select(utterance => utterance.Text));
        Assert.Equal(["how old is the moon", "sing me a song"], data.OutOfScope.Utterances.Select(utterance => utterance.Text));
        Assert.Equal([false, true, true], data.Test.Examples.Select(example => example.OutOfScopeOf is not null));
        Assert.Contains(data.Splits.Notes,
            note => note.StartsWith("1 utterances of train, 1 of dev and 2 of test are out of scope", StringComparison.Ordinal));
        Assert.DoesNotContain(data.Splits.Notes, note => note.Contains("count as wrong", StringComparison.Ordinal));
    }

    [Fact]
    public void Read_TaskFileThatListsTheLabel_KeepsIt()
    {
        Write("train", ("call anna", "call"), ("how old is the moon", "oos"));
        Write("dev", ("call bert", "call"), ("sing me a song", "oos"));
        Write("test", ("tell a joke", "oos"));
        var task = Path.Combine(_folder, "task.json");
        File.WriteAllText(task, """{"heads":[{"name":"intent","kind":"single","labels":["call","oos"]}]}""");

        var data = PreparedData.Read(new RunOptions { Data = _folder, Out = "", TaskFile = task });

        Assert.Equal(2, data.Train.Count);
        Assert.Empty(data.OutOfScope.Utterances);
    }

    [Fact]
    public void Read_TaskFileThatListsOtherLabels_TakesTheRowsForOutOfScope()
    {
        Write("train", ("call anna", "call"), ("pay bert", "pay"), ("how old is the moon", "oos"));
        Write("dev", ("call bert", "call"));
        Write("test", ("tell a joke", "oos"));
        var task = Path.Combine(_folder, "task.json");
        File.WriteAllText(task, """{"heads":[{"name":"intent","kind":"single","labels":["call","pay"]}]}""");

        Assert.Single(PreparedData.Read(new RunOptions { Data = _folder, Out = "", TaskFile = task }).OutOfScope.Utterances);
    }

    [Fact]
    public void Says_AnotherHead_WhereTheTaskNamesIt()
    {
        HeadDefinition[] heads =
        [
            new() { Name = "intent", Kind = HeadKind.Single, Labels = ["a", "b"] },
            new() { Name = "topic", Kind = HeadKind.Single, Labels = ["c", "d"] },
        ];
        var task = new TaskDefinition { Heads = heads, ScopeHead = "topic" };

        Assert.Equal(1, OutOfScope.HeadIndex(task));
        Assert.False(OutOfScope.Says(task, heads[0], "oos"));
        Assert.True(OutOfScope.Says(task, heads[1], "oos"));
        Assert.Equal(-1, OutOfScope.HeadIndex(task with { ScopeHead = "" }));
        Assert.Contains(TaskRules.Check(task with { ScopeHead = "mood" }, labelsAreFinal: true),
            problem => problem.StartsWith("scopeHead is 'mood'", StringComparison.Ordinal));
    }

    private void Write(string split, params (string Text, string Intent)[] rows) => File.WriteAllLines(
        Path.Combine(_folder, split + ".jsonl"), rows.Select(row => $$"""{"text":"{{row.Text}}","intent":"{{row.Intent}}"}"""));
}
