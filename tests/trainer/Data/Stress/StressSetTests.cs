using Edge.Bundles.Common;
using Edge.Bundles.Decoding;
using Edge.Trainer.Commands;
using Edge.Trainer.Data;
using Edge.Trainer.Data.Stress;
using Edge.Trainer.Synthesis;
using FsCheck;
using FsCheck.Fluent;

namespace Edge.Trainer.Tests.Data.Stress;

public class StressSetTests
{
    [Theory]
    [InlineData("zh")]
    [InlineData("en")]
    public void Create_GeneratedCalls_KeepsLabelsSpansAndOrder(string language)
    {
        var test = new Synthesizer(language, 5).Make(Split.Test, 400);

        var sets = StressSet.Create(test, language, 1);

        Assert.Equal(StressKinds.All, sets.Keys);
        foreach (var (kind, variants) in sets)
        {
            Assert.Equal(test.Count, variants.Count);
            Assert.All(test.Zip(variants),
                pair => AssertSameAnnotation(pair.First, pair.Second, digitsMayBeSpoken: kind == StressKinds.SpeechNoise));
            // A kind that leaves most utterances alone measures nothing.
            Assert.InRange(test.Zip(variants).Count(pair => pair.First.Text != pair.Second.Text), 0.85 * test.Count, test.Count);
        }
    }

    [Theory]
    [InlineData("zh")]
    [InlineData("en")]
    [InlineData("sv")]
    public void Create_AnyTextAndSpans_KeepsThem(string language)
    {
        var pieces = Gen.Elements("查", "订单", "U2942", "😀", "𠮷", "，", "。", " ", "what", "is", "Don't", "3.5", "it's", "-", "e\u0301", "的",
            "flight", "?", "\t", "10:30");
        var cases = from left in pieces.ListOf()
                    from entity in pieces.Where(piece => !string.IsNullOrWhiteSpace(piece)).NonEmptyListOf()
                    from right in pieces.ListOf()
                    from seed in Gen.Choose(0, 1000)
                    select (Left: string.Concat(left), Entity: string.Concat(entity), Right: string.Concat(right), Seed: seed);

        Prop.ForAll(cases.ToArbitrary(), input =>
        {
            var (left, entity, right, seed) = input;
            var utterance = New(left + entity + right, new EntitySpan("E", left.Length, left.Length + entity.Length));
            foreach (var (kind, variants) in StressSet.Create([utterance], language, seed))
            {
                AssertSameAnnotation(utterance, Assert.Single(variants), digitsMayBeSpoken: kind == StressKinds.SpeechNoise,
                    smallLetters: language != "zh" && kind == StressKinds.SpeechNoise);
                Assert.False(string.IsNullOrWhiteSpace(variants[0].Text));
                Assert.True(IsWellFormed(variants[0].Text), variants[0].Text);
            }
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Create_SameSeed_GivesTheSameWhateverTheOrder()
    {
        var test = new Synthesizer("zh", 5).Make(Split.Test, 60);

        var (forwards, backwards) = (StressSet.Create(test, "zh", 3), StressSet.Create([.. test.Reverse()], "zh", 3));

        Assert.All(StressKinds.All,
            kind => Assert.Equal(forwards[kind].Select(u => u.Text), backwards[kind].Reverse().Select(u => u.Text)));
        Assert.NotEqual(
            forwards[StressKinds.Typos].Select(u => u.Text), StressSet.Create(test, "zh", 4)[StressKinds.Typos].Select(u => u.Text));
    }

    [Fact]
    public void Create_Kinds_DoWhatTheySay()
    {
        var utterance = New("我想听周杰伦2003年的歌，快一点。", new EntitySpan("singer", 3, 6));
        var sets = StressSet.Create([utterance], "zh", 1);

        Assert.True(sets[StressKinds.Long][0].Text.Length > 2 * utterance.Text.Length);
        Assert.True(sets[StressKinds.Colloquial][0].Text.Length > utterance.Text.Length);
        Assert.InRange(sets[StressKinds.Typos][0].Text.Length, utterance.Text.Length - 3, utterance.Text.Length);
        Assert.DoesNotContain("，", sets[StressKinds.SpeechNoise][0].Text, StringComparison.Ordinal);
        Assert.DoesNotContain(sets[StressKinds.SpeechNoise][0].Text, char.IsAsciiDigit);
    }

    [Theory]
    [InlineData("zh-CN", "zh")]
    [InlineData("ZH_Hant_TW", "zh")]
    [InlineData("en-US", "en")]
    public void Create_RegionalTag_IsItsLanguage(string tag, string language)
    {
        var test = new Synthesizer(language, 5).Make(Split.Test, 30);

        var (regional, plain) = (StressSet.Create(test, tag, 1), StressSet.Create(test, language, 1));

        Assert.Equal(StressKinds.All, regional.Keys);
        Assert.All(StressKinds.All, kind => Assert.Equal(plain[kind].Select(u => u.Text), regional[kind].Select(u => u.Text)));
    }

    [Theory]
    [InlineData("zh-CN", ExitCode.Done, "long.jsonl: 1 utterances")]
    [InlineData("other", ExitCode.Done, "asr.jsonl: 1 utterances")]
    [InlineData("chinese", ExitCode.BadInput, "--language is 'chinese'; use zh, en")]
    public void Command_Language_IsOneThatIsKnown(string language, int code, string said)
    {
        using var folder = new TempFolder();
        var data = folder.Write("test.jsonl", "{\"text\":\"帮我查一下订单到了没有\",\"intent\":\"查物流\"}\n");

        var (found, text) = ConsoleOutput.Of(() => TrainerCommand.Run(
            ["data", "stress", "--data", data, "--out", Path.Combine(folder.Path, "out"), "--language", language],
            TestContext.Current.CancellationToken));

        Assert.Equal(code, found);
        Assert.Contains(said, text, StringComparison.Ordinal);
        Assert.Equal(language == "other", code == ExitCode.Done && !File.Exists(Path.Combine(folder.Path, "out", "long.jsonl")));
    }

    [Fact]
    public void Command_BadRow_IsRefusedOrLeftOutAndListed()
    {
        using var folder = new TempFolder();
        var data = folder.Write("test.jsonl", "{\"text\":\"帮我查一下订单到了没有\",\"intent\":\"查物流\"}\n{\"text\":\"\",\"intent\":\"查物流\"}\n");
        var bad = Path.Combine(folder.Path, "bad.jsonl");
        string[] stress = ["data", "stress", "--data", data, "--out", Path.Combine(folder.Path, "out")];

        var (refused, why) = ConsoleOutput.Of(() => TrainerCommand.Run(stress, TestContext.Current.CancellationToken));
        var (code, text) =
            ConsoleOutput.Of(() => TrainerCommand.Run([.. stress, "--skip-bad", bad], TestContext.Current.CancellationToken));

        Assert.Equal((ExitCode.BadInput, ExitCode.Done), (refused, code));
        Assert.Contains("--skip-bad", why, StringComparison.Ordinal);
        Assert.Contains($"note: 1 bad row was skipped; {bad} lists them.", text, StringComparison.Ordinal);
        Assert.Single(File.ReadAllLines(bad));
    }

    [Fact]
    public void Create_OtherLanguage_LeavesOutWhatHasNoWords() =>
        Assert.Equal([StressKinds.Typos, StressKinds.SpeechNoise], StressSet.Create([New("jag vill boka ett flyg")], "sv", 1).Keys);

    private static void AssertSameAnnotation(
        LabelledUtterance before, LabelledUtterance after, bool digitsMayBeSpoken, bool smallLetters = true)
    {
        Assert.Equal(before.Single, after.Single);
        Assert.Equal(before.Context, after.Context);
        var (old, moved) = (before.Spans["entities"], after.Spans["entities"]);
        Assert.Equal(old.Select(span => span.Label), moved.Select(span => span.Label));
        foreach (var (was, now) in old.Zip(moved))
        {
            var (value, found) = (before.Text[was.Start..was.End], after.Text[now.Start..now.End]);
            if (digitsMayBeSpoken && value.Any(char.IsAsciiDigit)) Assert.NotEmpty(found);
            else Assert.Equal(value, found, ignoreCase: digitsMayBeSpoken && smallLetters);
        }
    }

    private static bool IsWellFormed(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsHighSurrogate(text[i]) && (i + 1 == text.Length || !char.IsLowSurrogate(text[++i]))) return false;
            if (i > 0 && char.IsLowSurrogate(text[i]) && !char.IsHighSurrogate(text[i - 1])) return false;
        }

        return true;
    }

    private static LabelledUtterance New(string text, params EntitySpan[] spans) =>
        new() { Text = text, Spans = new Dictionary<string, IReadOnlyList<EntitySpan>> { ["entities"] = spans } };
}
