using Edge.Bundle.Tests.Support;
using Edge.Bundles.Decoding;
using Edge.Bundles.Tasks;
using Edge.Bundles.Tokenization;

namespace Edge.Bundle.Tests.Decoding;

public sealed class BioTagsTests
{
    private static readonly string[] Labels = ["ORDER", "DATE"];
    private static readonly UtteranceTokenizer Tokenizer =
        UtteranceTokenizer.Load(Repository.Golden("tokens.vocab.txt"), new TokenizerSettings());

    [Fact]
    public void Align_Entities_TagsTheirTokensAndIgnoresTheRest()
    {
        var encoded = Tokenizer.Encode("订单U2942明天", "好的");

        var tags = TagAlignment.Align(encoded, [new("DATE", 7, 9), new("ORDER", 2, 7)], Labels);

        Assert.Equal([-100, -100, -100, -100, 0, 0, 1, 2, 3, 4, -100], tags);
    }

    [Fact]
    public void Align_EntityThatEndsInsideAToken_TakesTheWholeToken() =>
        Assert.Equal([-100, 1, 2, -100], TagAlignment.Align(Tokenizer.Encode("U2942"), [new("ORDER", 1, 4)], Labels));

    [Fact]
    public void Align_TwoEntitiesInOneToken_FirstHasIt() =>
        Assert.Equal([-100, 1, 3, -100], TagAlignment.Align(Tokenizer.Encode("U2942"), [new("ORDER", 0, 1), new("DATE", 1, 5)], Labels));

    [Fact]
    public void Align_PiecesOfOneSyllable_StayTogether() =>
        Assert.Equal(
            [-100, 1, 2, 2, 3, 4, -100], TagAlignment.Align(Tokenizer.Encode("간나"), [new("ORDER", 0, 1), new("DATE", 1, 2)], Labels));

    [Fact]
    public void Align_EntityBehindTheCut_IsLeftOut() =>
        Assert.Equal([-100, 0, 0, 1, -100],
            TagAlignment.Align(Tokenizer.Encode("好的您明天", maxLength: 5), [new("ORDER", 2, 4), new("DATE", 4, 5)], Labels));

    [Theory]
    [InlineData("ORDER", 0, 3, "entities ORDER [0,3) and DATE [2,4) overlap")]
    [InlineData("NAME", 0, 1, "entity NAME [0,1) has an unknown label; the head knows ORDER, DATE")]
    [InlineData("ORDER", 1, 1, "entity ORDER [1,1) is not a range")]
    [InlineData("ORDER", -1, 1, "entity ORDER [-1,1) is not a range")]
    public void Align_BadEntities_SaysWhichAndWhy(string label, int start, int end, string expected)
    {
        var error = Assert.Throws<ArgumentException>(
            () => TagAlignment.Align(Tokenizer.Encode("好的明天"), [new("DATE", 2, 4), new(label, start, end)], Labels));

        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Tags_OfLabels_AreCountedFromOne()
    {
        Assert.Equal(5, BioTags.Count(2));
        Assert.Equal((1, 2, 3, 4), (BioTags.Begin(0), BioTags.Inside(0), BioTags.Begin(1), BioTags.Inside(1)));
        Assert.Equal((0, 0, 1, 1), (BioTags.Label(1), BioTags.Label(2), BioTags.Label(3), BioTags.Label(4)));
    }
}
