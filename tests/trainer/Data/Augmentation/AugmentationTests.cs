using Edge.Bundles.Decoding;
using Edge.Trainer.Common;
using Edge.Trainer.Data;
using Edge.Trainer.Data.Augmentation;
using Edge.Trainer.Synthesis;
using FsCheck;
using FsCheck.Fluent;

namespace Edge.Trainer.Tests.Data.Augmentation;

public class AugmentationTests
{
    private static readonly LabelledUtterance Order = New("帮我查订单U2942，怎么还没到", new EntitySpan("ORDER_NUMBER", 5, 10));

    [Fact]
    public void Apply_AnyEdits_KeepSpansOnTheirText()
    {
        var cases = from text in Gen.Choose('a', 'z').Select(c => (char)c).ArrayOf(30).Select(c => new string(c))
                    from start in Gen.Choose(0, 20)
                    from length in Gen.Choose(1, 9)
                    from edits in (from at in Gen.Choose(0, 29)
                                   from size in Gen.Choose(0, 3)
                                   from with in Gen.Elements("", "X", "YYY")
                                   select new TextEdit(at, Math.Min(30, at + size), with)).ListOf()
                    select (text, new EntitySpan("E", start, start + length), Disjoint(edits));

        Prop.ForAll(cases.ToArbitrary(), input =>
        {
            var (text, span, edits) = input;
            var result = TextEdits.Apply(New(text, span), edits);
            var moved = result.Spans["entities"][0];
            // What stands in the span afterwards is the old value with the edits that lie within it and nothing else.
            var inside = edits
                .Where(e => e.Start >= span.Start && e.End <= span.End
                    && !(e.Start == e.End && (e.Start == span.Start || e.Start == span.End)))
                .Where(e => !(e.Start == span.Start && e.End == span.End && e.Text.Length == 0)).OrderByDescending(e => e.Start);
            var expected = inside.Aggregate(text, (t, e) => t[..e.Start] + e.Text + t[e.End..]);
            expected = expected[span.Start..(span.End + expected.Length - text.Length)];
            return result.Text.Length == 0 || moved.Start == moved.End || result.Text[moved.Start..moved.End] == expected;
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Augment_AnyKindsAndSeeds_LeaveCodesAndSpansIntact()
    {
        var augmenter = new Augmenter(
            new AugmentationOptions
            {
                EntitySubstitution = 0.5, Homophones = 1, Fillers = 1, DroppedCharacters = 1, DoubledCharacters = 1, SpokenDigits = 0
            },
            "zh", [Order, New("JD001😀", new EntitySpan("ORDER_NUMBER", 0, 7)), New("订单7号", new EntitySpan("ORDER_NUMBER", 2, 3))]);

        Prop.ForAll(ArbMap.Default.ArbFor<int>(), seed =>
        {
            var result = augmenter.Augment(Order, new SeededRandom(seed));
            var span = Assert.Single(result.Spans["entities"]);
            return result.Text[span.Start..span.End] is "U2942" or "JD001😀" or "7";
        }).QuickCheckThrowOnFailure();
    }

    /// <summary>What learns from one list in a few passes would count noise among its words.</summary>
    [Fact]
    public void Variants_NoiseIsOn_HaveNoneOfIt()
    {
        var training = new Synthesizer("zh", 3).Make(Split.Train, 100);
        var noise = AugmentationOptions.None with
        {
            Homophones = 1,
            Fillers = 1,
            NeutralClauses = 1,
            DroppedCharacters = 1,
            DoubledCharacters = 1,
            SpokenDigits = 1,
            Variants = 6
        };

        Assert.Empty(new Variants(noise, "zh", 1).Of(training));
        Assert.Equal(
            new Variants(AugmentationOptions.None with { EntitySubstitution = 0.5, LostPunctuation = 0.2, Variants = 6 }, "zh", 1)
                .Of(training).Select(variant => variant.Text),
            new Variants(noise with { EntitySubstitution = 0.5, LostPunctuation = 0.2 }, "zh", 1).Of(training)
                .Select(variant => variant.Text));
    }

    [Fact]
    public void Variants_OfUtterances_ExchangeTheirOwnValuesAndLeaveOutWhatStayedEqual()
    {
        LabelledUtterance[] training = [Order, New("订单JD001", new EntitySpan("ORDER_NUMBER", 2, 7)), New("你好")];
        var variants = new Variants(AugmentationOptions.None with { EntitySubstitution = 1, Variants = 20 }, "zh", 1);

        var made = variants.Of(training);

        Assert.Equal(["帮我查订单JD001，怎么还没到", "订单U2942"], made.Select(variant => variant.Text).Distinct().Order(StringComparer.Ordinal));
        Assert.InRange(made.Count, 5, 35);
        Assert.All(made, variant => Assert.Contains(training, utterance => ReferenceEquals(utterance, variant.Original)));
        Assert.Empty(variants.Of([Order])); // no other value
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(6, 0)]
    public void Variants_NoneAskedFor_AreNone(int variants, double substitution) => Assert.Empty(
        new Variants(AugmentationOptions.None with { EntitySubstitution = substitution, Variants = variants }, "zh", 1)
            .Of([Order, New("订单JD001", new EntitySpan("ORDER_NUMBER", 2, 7))]));

    [Fact]
    public void Variants_OfALargeSet_AreNoMoreThanAllowed()
    {
        var training =
            Enumerable.Range(0, Variants.Most / 2).Select(i => New($"订单{i:000000}", new EntitySpan("ORDER_NUMBER", 2, 8))).ToArray();
        Assert.Equal(Variants.Most,
            new Variants(AugmentationOptions.None with { EntitySubstitution = 1, Variants = 3 }, "zh", 1).Of(training).Count);
    }

    [Fact]
    public void Augment_EverythingOff_ChangesNothing()
    {
        var augmenter = new Augmenter(AugmentationOptions.None, "zh", [Order]);

        Assert.All(Enumerable.Range(0, 50), seed => Assert.Same(Order, augmenter.Augment(Order, new SeededRandom(seed))));
    }

    [Theory]
    [InlineData("订单U2942", "订单U二九四二")]
    [InlineData("打138到这里", "打幺三八到这里")]
    [InlineData("59元套餐", "五十九元套餐")]
    [InlineData("110块和1005块", "一百一十块和一千零五块")]
    [InlineData("12号", "十二号")]
    [InlineData("9.9元", "9.9元")]
    [InlineData("010-1234", "零幺零幺二三四")]
    public void SpokenDigits_Chinese_AsCallersSayThem(string text, string spoken) =>
        Assert.Equal(spoken, SpokenDigits.For("zh").Apply(New(text)).Text);

    [Theory]
    [InlineData("order U2942 now", "order U two nine four two now")]
    [InlineData("30GB left", "thirty GB left")]
    [InlineData("on May 28th", "on May 28th")]
    [InlineData("paid $59", "paid $59")]
    [InlineData("call 212-5550", "call two one two five five five zero")]
    public void SpokenDigits_English_AsCallersSayThem(string text, string spoken) =>
        Assert.Equal(spoken, SpokenDigits.For("en").Apply(New(text)).Text);

    [Fact]
    public void SpokenDigits_InAnEntity_StayInIt()
    {
        var result = SpokenDigits.For("zh").Apply(Order);
        var span = result.Spans["entities"][0];

        Assert.Equal("U二九四二", result.Text[span.Start..span.End]);
    }

    [Fact]
    public void EntitySubstitution_Values_ComeFromTrainingWithTheSameLabel()
    {
        var training = new[] { Order, New("JD9", new EntitySpan("ORDER_NUMBER", 0, 3)), New("小米", new EntitySpan("PRODUCT", 0, 2)) };
        var substitution = new EntitySubstitution(training);

        var values = Enumerable.Range(0, 40).Select(seed => substitution.Apply(Order, new SeededRandom(seed)))
            .Select(u => u.Text[u.Spans["entities"][0].Start..u.Spans["entities"][0].End]).Distinct().Order(StringComparer.Ordinal);

        Assert.Equal(["JD9", "U2942"], values);
    }

    public static TheoryData<string> Kinds =>
        [.. typeof(AugmentationOptions).GetProperties().Where(property => property.PropertyType == typeof(double))
            .Select(property => property.Name)];

    /// <summary>Each kind by itself does something, and leaves spans on entities of their labels.</summary>
    [Theory]
    [MemberData(nameof(Kinds))]
    public void Augment_OneKindAlone_ChangesTextsAndKeepsSpans(string kind)
    {
        var training = new Synthesizer("zh", 3).Make(Split.Train, 400);
        var options = AugmentationOptions.None with { };
        typeof(AugmentationOptions).GetProperty(kind)!.SetValue(options, 1.0);
        var augmenter = new Augmenter(options, "zh", training);
        var values = training.SelectMany(u => u.Spans["entities"].Select(span => (span.Label, u.Text[span.Start..span.End]))).ToHashSet();
        var changed = 0;
        foreach (var utterance in training)
        {
            var result = augmenter.Augment(utterance, new SeededRandom(utterance.Text.Length));
            if (result.Text != utterance.Text) changed++;
            Assert.Equal(utterance.Spans["entities"].Select(span => span.Label).Order(StringComparer.Ordinal),
                result.Spans["entities"].Select(span => span.Label).Order(StringComparer.Ordinal));
            Assert.Equal(utterance.Single, result.Single);
            if (kind != nameof(AugmentationOptions.SpokenDigits))
                Assert.All(result.Spans["entities"], span => Assert.Contains((span.Label, result.Text[span.Start..span.End]), values));
        }

        Assert.InRange(changed, 20, training.Count);
    }

    [Theory]
    [InlineData("zh", "U2942到哪了。", "U2942到哪了")]
    [InlineData("en", "where is U2942?", "where is U2942")]
    public void NeutralClauses_AroundAnUtterance_LeaveItWhole(string language, string text, string kept)
    {
        var start = text.IndexOf('U', StringComparison.Ordinal);
        var utterance = New(text, new EntitySpan("ORDER_NUMBER", start, start + 5));
        var clauses = NeutralClauses.For("clausesBefore", "clausesBehind", language)!;
        var space = language == "zh" ? "" : " ";

        var made = Enumerable.Range(0, 100).Select(seed => clauses.Apply(utterance, new SeededRandom(seed))).ToArray();

        Assert.All(made, result =>
        {
            var at = result.Text.IndexOf(kept, StringComparison.Ordinal);
            var (before, behind) = (result.Text[..at], result.Text[(at + kept.Length)..^1]);
            Assert.True(before.Length + behind.Length > 0);
            Assert.Equal(text[^1], result.Text[^1]);
            Assert.True(before.Length == 0 || before.EndsWith(space, StringComparison.Ordinal));
            Assert.True(behind.Length == 0 || behind.StartsWith(space, StringComparison.Ordinal));
            Assert.Equal([new EntitySpan("ORDER_NUMBER", at + start, at + start + 5)], result.Spans["entities"]);
        });
        string[] forms = [
            .. made.Select(
                result => $"{!result.Text.StartsWith(kept, StringComparison.Ordinal)} " +
                    $"{!result.Text.EndsWith(text, StringComparison.Ordinal)}").Distinct().Order(StringComparer.Ordinal)];
        Assert.Equal(["False True", "True False", "True True"], forms); // behind it, before it, both
        Assert.True(language == "en" || made.Count(result => result.Text.Contains('，', StringComparison.Ordinal)) is > 20 and < 80);
    }

    [Fact]
    public void NeutralClauses_EntityUntilTheEnd_IsNotParted()
    {
        var utterance = New("我要U2942。", new EntitySpan("ORDER_NUMBER", 2, 8));
        var result = NeutralClauses.For("clausesBefore", "clausesBehind", "zh")!.Surround(utterance, new SeededRandom(1));
        var span = Assert.Single(result.Spans["entities"]);
        Assert.Equal("U2942。", result.Text[span.Start..span.End]);
    }

    [Theory]
    [InlineData("en", "i want U2942 now", "i want", "U2942")]
    [InlineData("zh", "是的，我要U2942", "是的，", "我要U2942")]
    public void Fillers_Places_AreStartMarksAndGapsBetweenWords(string language, string text, string first, string second)
    {
        var start = text.IndexOf('U', StringComparison.Ordinal);
        var utterance = New(text, new EntitySpan("ORDER_NUMBER", start, start + 5));
        var made = Enumerable.Range(0, 100).Select(seed => Fillers.For(language).Apply(utterance, new SeededRandom(seed))).ToArray();

        Assert.All(made, result => Assert.Equal("U2942", result.Text[result.Spans["entities"][0].Start..result.Spans["entities"][0].End]));
        Assert.All(made, result => Assert.DoesNotContain("  ", result.Text, StringComparison.Ordinal));
        Assert.Contains(made, result => result.Text.EndsWith(text, StringComparison.Ordinal));
        Assert.Contains(made,
            result => result.Text.StartsWith(first, StringComparison.Ordinal) && !result.Text.StartsWith(text, StringComparison.Ordinal)
                && result.Text.Contains(second, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("你好，帮我查一下。谢谢！", "你好帮我查一下谢谢")]
    [InlineData("well , i paid 3.5 dollars at 10:30 , it's late .", "well i paid 3.5 dollars at 10:30 it's late")]
    [InlineData("？！", "？！")]
    public void Marks_Removed_LeaveNumbersAndWordsWhole(string text, string bare) => Assert.Equal(bare, Punctuation.Remove(New(text)).Text);

    private static List<TextEdit> Disjoint(IEnumerable<TextEdit> edits)
    {
        var kept = new List<TextEdit>();
        foreach (var edit in edits.OrderBy(e => e.Start).ThenBy(e => e.End))
            if (kept.Count == 0 || kept[^1].End < edit.Start) kept.Add(edit);
        return kept;
    }

    private static LabelledUtterance New(string text, params EntitySpan[] spans) =>
        new() { Text = text, Spans = new Dictionary<string, IReadOnlyList<EntitySpan>> { ["entities"] = spans } };
}
