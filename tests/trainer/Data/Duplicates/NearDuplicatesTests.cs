using Edge.Trainer.Data;
using Edge.Trainer.Data.Duplicates;
using Edge.Trainer.Synthesis;
using FsCheck;
using FsCheck.Fluent;

namespace Edge.Trainer.Tests.Data.Duplicates;

public class NearDuplicatesTests
{
    [Theory]
    [InlineData("送餐太慢了！", "送餐太慢了……", true)]
    [InlineData("Show me FLIGHTS to Denver", "show me flights, to denver!", true)]
    [InlineData("show me the flights from dallas to atlanta", "show me flights from dallas to atlanta", true)]
    [InlineData("flights from pittsburgh to denver", "flights from denver to pittsburgh", false)]
    [InlineData("播放周杰伦的歌", "播放刘德华的歌", false)]
    [InlineData("开灯", "关灯", false)]
    [InlineData("!!!", "...", false)]
    public void Find_TwoTexts_AreGroupedWhereTheySayTheSame(string left, string right, bool same) =>
        Assert.Equal(same ? 1 : 0, NearDuplicates.Find([New(left), New(right)]).Count);

    [Fact]
    public void Find_OtherContext_IsNoDuplicate() =>
        Assert.Empty(NearDuplicates.Find([New("好的") with { Context = "要退款吗" }, New("好的") with { Context = "要转人工吗" }]));

    /// <summary>Prefix filtering leaves no pair out: it finds what comparing all with all finds.</summary>
    [Fact]
    public void Find_AnyTexts_FindsEveryPair()
    {
        var words = Gen.Elements("查", "一下", "我的", "订单", "到", "哪", "了", "快递", "啊", "退款", "怎么", "还没");
        var texts = words.NonEmptyListOf().Select(list => string.Concat(list)).ListOf();

        Prop.ForAll(texts.ToArbitrary(), found =>
        {
            var utterances = found.Select(New).ToArray();
            var grouped = NearDuplicates.Find(utterances).SelectMany(group => group.SelectMany(i => group.Select(j => (i, j)))).ToHashSet();
            for (var i = 0; i < utterances.Length; i++)
                for (var j = 0; j < i; j++)
                    if (NearDuplicates.Compare(found[i], found[j]) >= NearDuplicates.Similarity) Assert.Contains((i, j), grouped);
            Assert.All(grouped.Where(pair => pair.i != pair.j),
                pair => Assert.Contains(grouped, other => other.i == pair.i && other.j != pair.i
                && NearDuplicates.Compare(found[other.i], found[other.j]) >= NearDuplicates.Similarity));
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Find_TenThousandUtterances_IsFast()
    {
        var utterances = new Synthesizer("zh", 1).Make(Split.Train, 10_000);

        var groups = NearDuplicates.Find(utterances);

        Assert.All(groups, group => Assert.True(group.Count > 1));
        Assert.All(groups, group => Assert.Equal(group.Order(), group));
    }

    private static LabelledUtterance New(string text) => new() { Text = text };
}
