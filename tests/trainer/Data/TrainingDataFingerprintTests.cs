using Edge.Trainer.Data;

namespace Edge.Trainer.Tests.Data;

public sealed class TrainingDataFingerprintTests
{
    [Fact]
    public void Of_OrderOfRowsAndFiles_DoesNotMatter()
    {
        LabelledUtterance[] train = [New("a", "x", 1), New("a", "y", 2), New("b", "x", 3)];
        var one = TrainingDataFingerprint.Of(train);

        Assert.Equal(64, one.Length);
        Assert.Equal(one, TrainingDataFingerprint.Of(train.Reverse().Select(u => u with { File = "other", Line = 9 })));
        Assert.NotEqual(one, TrainingDataFingerprint.Of(train.Skip(1)));
    }

    [Fact]
    public void InOrder_OtherOrderOrOtherSplit_IsAnother()
    {
        var (a, b, c) = (New("a", "x", 1), New("b", "y", 2), New("c", "x", 3));
        string[] all = [TrainingDataFingerprint.InOrder([a, b], [c]), TrainingDataFingerprint.InOrder([b, a], [c]),
            TrainingDataFingerprint.InOrder([a], [b, c])];

        Assert.Equal(3, all.Distinct().Count());
        Assert.Equal(all[0], TrainingDataFingerprint.InOrder([a, b with { Line = 9 }], [c]));
    }

    private static LabelledUtterance New(string text, string intent, int line) =>
        new() { Text = text, Single = new Dictionary<string, string> { ["intent"] = intent }, File = "folder/train.jsonl", Line = line };
}
