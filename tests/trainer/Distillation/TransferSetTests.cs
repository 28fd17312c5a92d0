using System.Text.RegularExpressions;
using Edge.Trainer.Common;
using Edge.Trainer.Data;
using Edge.Trainer.Data.Cleaning;
using Edge.Trainer.Data.Reading;
using Edge.Trainer.Distillation;
using Edge.Trainer.Distillation.Transfer;
using Edge.Trainer.Examples;
using Edge.Trainer.Tests.Data;
using Edge.Trainer.Training;

namespace Edge.Trainer.Tests.Distillation;

[Collection(MicroTask.Collection)]
public sealed class TransferSetTests
{
    [Fact]
    public void Epochs_MoreUnlabelledThanAsked_GiveEveryTextItsTurn()
    {
        using var micro = new MicroTask();
        var texts = Enumerable.Range(0, 30).Select(i => new LabelledUtterance { Text = $"text {i}" }).ToArray();
        var set = Create(micro, texts, new DistillationOptions { UnlabelledRatio = 0.75, ChangedTexts = 0 });
        var source = set.Epochs(1, out var line);
        var epochs = Enumerable.Range(0, 4).Select(source.Next).ToArray();

        Assert.Empty(set.Recurring);
        Assert.Equal("20 labelled, 15 of 30 unlabelled and 0 changed utterances an epoch", line);
        Assert.All(epochs, epoch => Assert.Equal([20, 15], [epoch.Count(e => e.IsLabelled), epoch.Count(e => !e.IsLabelled)]));
        Assert.Equal(30, Texts(epochs[0]).Concat(Texts(epochs[1])).Distinct().Count());
        Assert.Equal(30, Texts(epochs[2]).Concat(Texts(epochs[3])).Distinct().Count());
        Assert.NotEqual(Texts(epochs[0]), Texts(epochs[2]));
        // A run that is resumed in the third epoch reads what it would have read.
        Assert.Equal(Texts(epochs[2]),
            Texts(Create(micro, texts, new DistillationOptions { UnlabelledRatio = 0.75, ChangedTexts = 0 })
                .Epochs(double.PositiveInfinity, out _).Next(2)));
    }

    [Fact]
    public void Epochs_NothingBesideTheLabelled_AreTheLabelledThemselves()
    {
        using var micro = new MicroTask();
        Assert.Same(micro.Examples,
            Create(micro, [], new DistillationOptions { ChangedTexts = 0 }).Epochs(double.PositiveInfinity, out _).Next(0));
    }

    [Fact]
    public void Epochs_ChangedTexts_HaveNoLabelsAndOtherTextsInEveryEpoch()
    {
        using var micro = new MicroTask();
        var options = new DistillationOptions { ChangedTexts = 1.5 };
        var drawn =
            Create(micro, [], options).Epochs(double.PositiveInfinity, out _).Next(3).Where(example => !example.IsLabelled).ToArray();

        Assert.Equal(30, drawn.Length);
        Assert.Equal(Texts(drawn), Texts(Create(micro, [], options).Epochs(double.PositiveInfinity, out _).Next(3)));
        Assert.NotEqual(Texts(drawn), Texts(Create(micro, [], options).Epochs(double.PositiveInfinity, out _).Next(4)));
        Assert.Equal(20, Create(micro, [], options with { SoftWeight = 0 }).Epochs(double.PositiveInfinity, out _).Count);
        Assert.Equal(25, Create(micro, [], options).Epochs(0.25, out _).Count);
    }

    [Theory]
    [InlineData("please call the café on 24th street today", "the café is please closed", @"[a-zé0-9]+")]
    [InlineData("帮我查一下昨天买的东西", "昨天的东西怎么还没有到", @"\S")]
    public void Draw_ChangedTexts_ChangeAboutOneWordOfSevenIntoKnownOnes(string text, string other, string word)
    {
        using var micro = new MicroTask();
        LabelledUtterance[] training = [new() { Text = text, Context = "before" }, new() { Text = other }];
        var known = training.SelectMany(utterance => Words(utterance.Text)).ToHashSet();

        var drawn = new ChangedTexts(training, micro.Encoder).Draw([training[0]], 500, new SeededRandom(1));

        var changed = drawn.SelectMany(example => Words(example.Utterance!.Text).Zip(Words(text), (a, b) => a != b ? 1.0 : 0)).Average();
        Assert.InRange(changed, 0.03, 0.16); // some change into themselves
        Assert.All(drawn, example => Assert.Equal(Words(text).Length, Words(example.Utterance!.Text).Length));
        Assert.All(drawn, example => Assert.Subset(known, Words(example.Utterance!.Text).ToHashSet()));
        Assert.All(drawn, example => Assert.Equal("before", example.Utterance!.Context));
        Assert.Empty(new ChangedTexts([], micro.Encoder).Draw([], 3, new SeededRandom(1)));

        string[] Words(string of) => [.. Regex.Matches(of, word).Select(match => match.Value)];
    }

    [Fact]
    public void Read_TextLinesAndRows_LeavesOutWhatIsKnown()
    {
        using var folder = new TempFolder();
        var data = new DataSplits { Train = [new() { Text = "a b" }], Dev = [], Test = [new() { Text = "secret" }] };
        var lines = folder.Write("more.txt", "a b\nnew one\n\n  new one \nsecret\nsecond\n");
        var rows = folder.Write(
            "more.jsonl", "{\"text\":\"x\",\"context\":\"c\",\"intent\":\"ignored\"}\n{\"text\":\"\"}\n{\"text\":\"x\"}\n");

        Assert.Equal(["new one", "second"], UnlabelledTexts.Read(lines, data, new DataReadOptions(), out var note).Select(u => u.Text));
        Assert.Contains(
            "2 utterances without labels; 3 that the data or the file itself has already are left out", note, StringComparison.Ordinal);
        var read = UnlabelledTexts.Read(rows, data, new DataReadOptions(), out note);
        Assert.Equal([("x", "c"), ("x", null)], read.Select(u => (u.Text, u.Context)));
        Assert.All(read, utterance => Assert.Empty(utterance.Single));
        Assert.Contains("1 rows without a readable text", note, StringComparison.Ordinal);
        Assert.Throws<DataException>(() => UnlabelledTexts.Read(Path.Combine(lines, "none"), data, new DataReadOptions(), out _));
    }

    [Fact]
    public void Read_ColumnsAndCleaningOfTheData_HoldForItToo()
    {
        using var folder = new TempFolder();
        var data = new DataSplits { Train = [], Dev = [], Test = [new() { Text = "secret" }] };
        var options = new DataReadOptions
        {
            Map = ColumnMap.Parse("话=text"),
            Preparation = new DataPreparation { Cleaning = [new CleaningRule { Pattern = "\\[[a-z]+\\]" }] },
        };

        var read = UnlabelledTexts.Read(folder.Write("more.csv", "话,intent\n[noise]new one,x\nsecret[noise],y\n"), data, options, out _);

        Assert.Equal(["new one"], read.Select(utterance => utterance.Text));
    }

    private static TransferSet Create(MicroTask micro, IReadOnlyList<LabelledUtterance> unlabelled, DistillationOptions options) =>
        new(EpochSource.Of(micro.Examples), micro.Utterances, unlabelled, micro.Encoder, options, 5);

    private static string[] Texts(IEnumerable<TrainingExample> examples) =>
        [.. examples.Where(e => !e.IsLabelled).Select(e => e.Utterance!.Text)];
}
