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

    private static LabelledUtterance New(string text, string intent, int line) =>
        new() { Text = text, Single = new Dictionary<string, string> { ["intent"] = intent }, File = "folder/train.jsonl", Line = line };
}
