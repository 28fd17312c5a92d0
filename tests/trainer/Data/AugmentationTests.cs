using Edge.Bundles.Decoding;
using Edge.Trainer.Data;
using Edge.Trainer.Data.Augmentation;
using FsCheck;
using FsCheck.Fluent;

namespace Edge.Trainer.Tests.Data;

public class AugmentationTests
{
    private static readonly LabelledUtterance Order = New("帮我查订单U2942，怎么还没到", new EntitySpan("ORDER_NUMBER", 5, 10));

    [Fact]
    public void Apply_AnyEdits_KeepSpansOnTheirText()
    {
        var cases = from text in Gen.Choose('a', 'z').Select(c => (char)c).ArrayOf(30).Select(c => new string(c))
                    from start in Gen.Choose(0, 20)
                    from length in Gen.Choose(1, 9)
                    from edits in (from at in Gen.Choose(0, 29) from size in Gen.Choose(0, 3) from with in Gen.Elements("", "X", "YYY")
                                   select new TextEdit(at, Math.Min(30, at + size), with)).ListOf()
                    select (text, new EntitySpan("E", start, start + length), Disjoint(edits));

        Prop.ForAll(cases.ToArbitrary(), input =>
        {
            var (text, span, edits) = input;
            var result = TextEdits.Apply(New(text, span), edits);
            var moved = result.Spans["entities"][0];
            // What stands in the span afterwards is the old value with the edits that lie within it and nothing else.
            var inside = edits.Where(e => e.Start >= span.Start && e.End <= span.End && !(e.Start == e.End && (e.Start == span.Start || e.Start == span.End)))
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
            new AugmentationOptions { EntitySubstitution = 0.5, Homophones = 1, Fillers = 1, DroppedCharacters = 1, DoubledCharacters = 1, SpokenDigits = 0 },
            "zh", [Order, New("JD001😀", new EntitySpan("ORDER_NUMBER", 0, 7)), New("订单7号", new EntitySpan("ORDER_NUMBER", 2, 3))]);

        Prop.ForAll(ArbMap.Default.ArbFor<int>(), seed =>
        {
            var result = augmenter.Augment(Order, new SeededRandom(seed));
            var span = Assert.Single(result.Spans["entities"]);
            return result.Text[span.Start..span.End] is "U2942" or "JD001😀" or "7";
        }).QuickCheckThrowOnFailure();
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
