using Edge.Trainer.Common;
using Edge.Trainer.Data;
using Edge.Trainer.Synthesis;

namespace Edge.Trainer.Tests.Synthesis;

public class SynthesizerTests
{
    private static readonly IReadOnlyList<LabelledUtterance> Chinese =
        [.. Enum.GetValues<Split>().SelectMany(split => new Synthesizer("zh", 1).Make(split, 2000))];

    [Fact]
    public void Make_TwentyThousand_HaveUnderTwoPercentDuplicates()
    {
        var utterances = new Synthesizer("zh", 1).Make(Split.Train, 20_000);

        Assert.InRange(utterances.Count - utterances.Select(u => u.Text).Distinct().Count(), 0, 399);
    }

    [Fact]
    public void Make_SameSeed_GivesTheSameUtterances()
    {
        static string[] Texts(int seed) => [.. new Synthesizer("zh", seed).Make(Split.Train, 200).Select(u => u.Text)];

        Assert.Equal(Texts(5), Texts(5));
        Assert.NotEqual(Texts(5), Texts(6));
    }

    [Fact]
    public void Make_AnyRuntime_GivesWhatItGaveBefore()
    {
        // Reproducible across machines and versions; a change of grammar changes this on purpose.
        var random = new SeededRandom(20261122);

        Assert.Equal([80, 28, 69, 44, 47], Enumerable.Range(0, 5).Select(_ => random.Next(100)));
    }

    [Theory]
    [InlineData("zh", 20, 4)]
    [InlineData("en", 8, 4)]
    public void Make_EveryIntentSentimentAndEightEntityTypes_Occur(string language, int intents, int sentiments)
    {
        foreach (var split in Enum.GetValues<Split>())
        {
            var utterances = new Synthesizer(language, 2).Make(split, 2000);

            Assert.InRange(utterances.Select(u => u.Single["intent"]).Distinct().Count(), intents, 100);
            Assert.Equal(sentiments, utterances.Select(u => u.Single["sentiment"]).Distinct().Count());
            Assert.InRange(utterances.SelectMany(u => u.Spans["entities"].Select(span => span.Label)).Distinct().Count(), 8, 100);
        }
    }

    [Theory]
    [InlineData("zh")]
    [InlineData("en")]
    public void Make_DevAndTest_ShareNoTextAndNoEntityValueWithTrain(string language)
    {
        // Another seed for each: what is held out stays held out, whoever generates it.
        HashSet<(string, string)> Values(Split split, int seed) => [.. new Synthesizer(language, seed).Make(split, 3000)
            .SelectMany(u => u.Spans["entities"].Select(span => (span.Label, u.Text[span.Start..span.End].ToLowerInvariant())))];
        HashSet<string> Texts(Split split, int seed) => [.. new Synthesizer(language, seed).Make(split, 3000).Select(u => u.Text)];

        var (train, dev, test) = (Values(Split.Train, 1), Values(Split.Dev, 2), Values(Split.Test, 3));

        Assert.Empty(train.Intersect(dev));
        Assert.Empty(train.Intersect(test));
        Assert.Empty(dev.Intersect(test));
        Assert.Empty(Texts(Split.Train, 1).Intersect(Texts(Split.Test, 3)));
    }

    [Fact]
    public void Make_Spans_StandOnTheirValues()
    {
        foreach (var utterance in Chinese)
        {
            var end = 0;
            foreach (var span in utterance.Spans["entities"])
            {
                Assert.InRange(span.Start, end, span.End - 1);
                end = span.End;
                var value = utterance.Text[span.Start..span.End];
                Assert.Equal(value.Trim(' ', '，', ',', '。'), value);
                if (span.Label is "ORDER_NUMBER" or "PHONE_NUMBER" or "TRACKING_NUMBER")
                    Assert.Matches("^[A-Z0-9零幺二三四五六七八九-]+$", value);
            }

            Assert.InRange(utterance.Text.Length, end, 200);
        }
    }

    [Fact]
    public void Make_Sentiments_AreSaidInManyWays()
    {
        var angry = Chinese.Where(u => u.Single["sentiment"] == "非常消极").ToArray();

        foreach (var words in new[] { "气死", "投诉", "骗", "垃圾", "过分", "耍" })
        {
            var share = angry.Count(u => u.Text.Contains(words, StringComparison.Ordinal)) / (double)angry.Length;
            Assert.InRange(share, 0.001, 0.35);
        }
    }

    [Fact]
    public void Make_NeutralUtterances_CarryNoAnger()
    {
        string[] angry = ["气死", "骗子", "垃圾", "恶心", "受够", "欺人太甚", "岂有此理"];

        Assert.DoesNotContain(Chinese.Where(u => u.Single["sentiment"] is "中性" or "积极"),
            u => angry.Any(word => u.Text.Contains(word, StringComparison.Ordinal)));
    }

    [Fact]
    public void Make_SpeechForms_AllOccur()
    {
        Assert.Contains(Chinese, u => u.Text.Contains('幺', StringComparison.Ordinal));
        Assert.Contains(Chinese, u => u.Text.StartsWith('嗯'));
        Assert.InRange(
            Chinese.Count(u => !u.Text.Any(c => "，。？！,?!. ".Contains(c, StringComparison.Ordinal))) / (double)Chinese.Count, 0.3, 0.7);
    }
}
