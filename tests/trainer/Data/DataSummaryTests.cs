using Edge.Trainer.Data;
using Spectre.Console;

namespace Edge.Trainer.Tests.Data;

public class DataSummaryTests
{
    private static readonly DataSplits Data = new()
    {
        Train = [New("a", "x", 1), New("a", "x", 2), New("a", "y", 3), New("b", "x", 4)],
        Dev = [New("c", "x", 1)],
        Test = [New("b", "x", 1), New("d", "z", 2)],
        Notes = ["A note."],
    };

    [Fact]
    public void Of_DuplicatesConflictsAndLeaks_AreCounted()
    {
        var summary = DataSummary.Of(Data);

        Assert.Equal((2, 1), (summary.Splits[0].Duplicates, summary.Splits[0].Conflicts));
        Assert.Equal(1, summary.Splits[2].AlsoInTrain);
        Assert.Equal(3, summary.Splits[0].Labels["intent"]["x"]);
        Assert.Equal(["\"a\": train.jsonl:1 intent=x, train.jsonl:3 intent=y"], summary.Conflicts);
        Assert.Contains(summary.Notes, note => note.Contains("train lacks and no model can learn: z", StringComparison.Ordinal));
    }

    [Fact]
    public void Print_Table_IsReadable()
    {
        using var writer = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, Out = new AnsiConsoleOutput(writer) });
        console.Profile.Width = 100;

        DataSummary.Of(Data).Print(console);

        Assert.Contains("intent: 2 labels: x 3, y 1", writer.ToString(), StringComparison.Ordinal);
        Assert.Contains("also in train", writer.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Fingerprint_OrderOfRowsAndFiles_DoesNotMatter()
    {
        var one = TrainingDataFingerprint.Of(Data.Train);

        Assert.Equal(64, one.Length);
        Assert.Equal(one, TrainingDataFingerprint.Of(Data.Train.Reverse().Select(u => u with { File = "other", Line = 9 })));
        Assert.NotEqual(one, TrainingDataFingerprint.Of(Data.Train.Skip(1)));
    }

    private static LabelledUtterance New(string text, string intent, int line) =>
        new() { Text = text, Single = new Dictionary<string, string> { ["intent"] = intent }, File = "folder/train.jsonl", Line = line };
}
