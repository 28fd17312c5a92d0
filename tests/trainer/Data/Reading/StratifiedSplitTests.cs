using Edge.Trainer.Common;
using Edge.Trainer.Data;
using Edge.Trainer.Data.Reading;

namespace Edge.Trainer.Tests.Data.Reading;

public class StratifiedSplitTests
{
    [Fact]
    public void Split_SeveralHeadsAndRareLabels_KeepsSharesAndEveryLabelInTheRemainder()
    {
        LabelledUtterance[] utterances = [.. Enumerable.Range(0, 1000).Select(i => new LabelledUtterance
        {
            Text = $"utterance {i}",
            Single = new Dictionary<string, string>
            {
                ["intent"] = i % 10 < 7 ? "a" : i % 10 < 9 ? "b" : "c", ["mood"] = i % 3 == 0 ? "x" : "y"
            },
        }), .. Enumerable.Range(0, 4).Select(i => new LabelledUtterance
        {
            Text = $"rare {i}",
            Single = new Dictionary<string, string> { ["intent"] = $"rare{i}", ["mood"] = "x" },
        })];

        var (rest, part) = StratifiedSplit.Split(utterances, 0.1, new SeededRandom(1));
        var (again, _) = StratifiedSplit.Split(utterances, 0.1, new SeededRandom(1));

        Assert.Equal(rest.Select(u => u.Text), again.Select(u => u.Text));
        Assert.InRange(part.Count, 98, 102);
        foreach (var labels in utterances.GroupBy(u => (u.Single["intent"], u.Single["mood"])))
        {
            var taken = part.Count(u => (u.Single["intent"], u.Single["mood"]) == labels.Key);
            Assert.InRange(taken, Math.Floor(labels.Count() * 0.1) - 1, Math.Ceiling(labels.Count() * 0.1) + 1);
            // What occurs once stays where it can be learned.
            if (labels.Count() == 1) Assert.Equal(0, taken);
        }
    }

    [Fact]
    public void Split_EveryCombinationOfHeadsOnce_BacksOffToFewerHeads()
    {
        LabelledUtterance[] utterances = [.. Enumerable.Range(0, 3000).Select(i => new LabelledUtterance
        {
            Text = $"utterance {i}",
            Single = new Dictionary<string, string>
            {
                ["intent"] = $"i{i % 60}", ["reason"] = $"r{i / 60 % 50}", ["mood"] = i % 4 == 0 ? "x" : "y"
            },
        })];

        var (rest, part) = StratifiedSplit.Split(utterances, 0.1, new SeededRandom(1));

        Assert.Equal((2700, 300), (rest.Count, part.Count));
        Assert.InRange(part.Count(u => u.Single["mood"] == "x"), 70, 80);
        Assert.Equal(60, part.Select(u => u.Single["intent"]).Distinct().Count());
        Assert.Equal(60, rest.Select(u => u.Single["intent"]).Distinct().Count());
    }

    [Fact]
    public void Split_LabelOfItsOwnInEveryRow_StillSplits()
    {
        LabelledUtterance[] utterances = [.. Enumerable.Range(0, 200).Select(i => new LabelledUtterance
        {
            Text = $"utterance {i}", Single = new Dictionary<string, string> { ["call"] = $"c{i}" },
        })];

        Assert.Equal(20, StratifiedSplit.Split(utterances, 0.1, new SeededRandom(1)).Part.Count);
    }
}
