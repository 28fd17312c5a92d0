using Edge.Bundles.Decoding;
using Edge.Bundles.Tasks;
using Edge.Trainer.Data;

namespace Edge.Trainer.Tests.Data;

public class TaskInferenceTests
{
    private static readonly LabelledUtterance[] Some =
    [
        New("帮我查一下", "b"), New("退款", "a"), New("转人工", "b"),
        New("你好", "c") with { Spans = new Dictionary<string, IReadOnlyList<EntitySpan>> { ["entities"] = [new("X", 0, 1)] } },
    ];

    [Fact]
    public void Infer_Labels_AreByFrequencyThenOrdinal()
    {
        var task = TaskInference.Infer(Some);

        Assert.Equal(["intent", "entities"], task.Heads.Select(head => head.Name));
        Assert.Equal(["b", "a", "c"], task.Heads[0].Labels);
        Assert.Equal(HeadKind.Span, task.Heads[1].Kind);
        Assert.Equal(("zh", 64, false), (task.Language, task.MaxLength, task.UsesContext));
    }

    [Fact]
    public void Infer_EnglishAndContext_AreSeen()
    {
        var task = TaskInference.Infer([New("where is my order", "x") with { Context = "hello" }, New("cancel it", "y")]);

        Assert.Equal(("en", true), (task.Language, task.UsesContext));
    }

    [Theory]
    [InlineData(5, 64)]
    [InlineData(62, 64)]
    [InlineData(63, 72)]
    [InlineData(150, 152)]
    [InlineData(1000, 256)]
    public void Infer_MaxLength_IsAMultipleOf8WithRoomForMore(int han, int expected) =>
        Assert.Equal(expected, TaskInference.Infer([New(new string('好', han), "x"), New("好", "y")]).MaxLength);

    [Fact]
    public void Infer_NoLabels_SaysSo() =>
        Assert.Contains("no labels",
            Assert.Throws<DataException>(() => TaskInference.Infer([New("a", "always"), New("b", "always")])).Message,
            StringComparison.Ordinal);

    [Fact]
    public void Complete_EmptyLabels_AreFilledAndGivenOnesKept()
    {
        var task = new TaskDefinition
        {
            MaxLength = 40,
            Heads = [Head("intent", HeadKind.Single, "c", "b", "a", "d"), Head("entities", HeadKind.Span)],
        };

        var complete = TaskInference.Complete(task, Some);

        Assert.Equal(["c", "b", "a", "d"], complete.Heads[0].Labels);
        Assert.Equal(["X"], complete.Heads[1].Labels);
        Assert.Equal(40, complete.MaxLength);
    }

    [Fact]
    public void Complete_WhatTheTaskDoesNotSay_IsFoundInTheData()
    {
        LabelledUtterance[] pairs =
            [.. Some.Select(utterance => utterance with { Context = string.Join(' ', Enumerable.Repeat("what", 80)) })];
        var heads = new[] { Head("intent", HeadKind.Single) };

        var found = TaskInference.Complete(new TaskDefinition { Heads = heads }, pairs);
        var said = TaskInference.Complete(
            new TaskDefinition { Heads = heads, Language = "zh", MaxLength = 64, UsesContext = false }, pairs);

        var inferred = TaskInference.Infer(pairs);
        Assert.Equal((inferred.Language, inferred.MaxLength, true), (found.Language, found.MaxLength, found.UsesContext));
        Assert.Equal(("zh", 64, false), (said.Language, said.MaxLength, said.UsesContext));
        Assert.NotEqual(64, inferred.MaxLength);
    }

    [Fact]
    public void Complete_OneLabel_SaysSo()
    {
        var task = new TaskDefinition { Heads = [Head("intent", HeadKind.Single)] };
        Assert.Contains("only the label 'a'",
            Assert.Throws<DataException>(() => TaskInference.Complete(task, [New("x", "a"), New("y", "a")])).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Complete_UnlistedLabel_IsABadRow()
    {
        var task = new TaskDefinition { Heads = [Head("intent", HeadKind.Single, "a", "b")] };

        Assert.Contains("\"c\"", Assert.Single(Assert.Throws<BadRowsException>(() => TaskInference.Complete(task, Some)).Rows).Reason,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(HeadKind.Single)]
    [InlineData(HeadKind.Score)]
    public void Complete_HeadWithoutData_SaysSo(HeadKind kind)
    {
        var task = new TaskDefinition { Heads = [Head("other", kind)] };

        Assert.Contains(
            "Head 'other'", Assert.Throws<DataException>(() => TaskInference.Complete(task, Some)).Message, StringComparison.Ordinal);
    }

    private static LabelledUtterance New(string text, string intent) =>
        new() { Text = text, Single = new Dictionary<string, string> { ["intent"] = intent } };

    private static HeadDefinition Head(string name, HeadKind kind, params string[] labels) =>
        new() { Name = name, Kind = kind, Labels = labels };
}
