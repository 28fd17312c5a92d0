using Edge.Bundle.Tests.Support;
using Edge.Bundles.Common;
using Edge.Bundles.Tokenization;

namespace Edge.Bundle.Tests.Tokenization;

public sealed class UtteranceTokenizerTests
{
    private static readonly UtteranceTokenizer Tokenizer =
        UtteranceTokenizer.Load(Repository.Golden("tokens.vocab.txt"), new TokenizerSettings());

    [Fact]
    public void Encode_Utterance_StandsBetweenClassifyAndSeparator()
    {
        var encoded = Tokenizer.Encode("订单U2942");

        Assert.Equal(Tokenizer.ClassifyId, encoded.Ids[0]);
        Assert.Equal(Tokenizer.SeparatorId, encoded.Ids[^1]);
        Assert.All(encoded.TypeIds, type => Assert.Equal(0, type));
        Assert.Equal((1, 4, false), (encoded.TextStart, encoded.TextCount, encoded.Truncated));
        Assert.Equal([new(0, 0), new(0, 1), new(1, 2), new(2, 5), new(5, 7), new(0, 0)], encoded.Offsets);
    }

    [Fact]
    public void Encode_WithContext_SegmentsUtteranceAsOne()
    {
        var encoded = Tokenizer.Encode("退款", "什么时候");

        Assert.Equal([0, 0, 0, 0, 0, 0, 1, 1, 1], encoded.TypeIds);
        Assert.Equal((6, 2), (encoded.TextStart, encoded.TextCount));
        Assert.Equal(Tokenizer.SeparatorId, encoded.Ids[5]);
        Assert.Equal([new(0, 1), new(1, 2)], encoded.Offsets[6..8]);
        Assert.All(encoded.Offsets[..6], offset => Assert.Equal(default, offset));
    }

    [Fact]
    public void Encode_LongUtterance_IsCutAtItsEnd()
    {
        var encoded = Tokenizer.Encode(new string('好', 100), maxLength: 10);

        Assert.Equal((10, 8, true), (encoded.Length, encoded.TextCount, encoded.Truncated));
        Assert.Equal(Tokenizer.SeparatorId, encoded.Ids[^1]);
    }

    [Fact]
    public void Encode_UtteranceThatJustFits_IsNotTruncated() =>
    Assert.False(Tokenizer.Encode(new string('好', 8), maxLength: 10).Truncated);

    [Fact]
    public void Encode_LongContext_IsCutFromItsFront()
    {
        var whole = Tokenizer.Encode("退款", "什么时候");
        var cut = Tokenizer.Encode("退款", "什么时候", maxLength: 7);

        Assert.Equal([whole.Ids[0], .. whole.Ids[3..]], cut.Ids);
        Assert.Equal(2, cut.TextCount);
        Assert.False(cut.Truncated);
    }

    [Theory]
    [InlineData(5, "退款吧")]
    [InlineData(5, "退款")]
    [InlineData(64, "")]
    public void Encode_NothingOfContextLeft_EqualsUtteranceAlone(int maxLength, string text)
    {
        var context = text.Length == 0 ? " \u200B" : text.Length == 2 ? "" : "什么时候";

        Assert.Equal(Tokenizer.Encode(text, null, maxLength).Ids, Tokenizer.Encode(text, context, maxLength).Ids);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \t\u200B")]
    public void Encode_NothingSaid_HasNoTextTokens(string text)
    {
        var encoded = Tokenizer.Encode(text);

        Assert.Equal([Tokenizer.ClassifyId, Tokenizer.SeparatorId], encoded.Ids);
        Assert.Equal(0, encoded.TextCount);
    }

    [Fact]
    public void Encode_SeparatorTypedByCaller_IsText()
    {
        var encoded = Tokenizer.Encode("[SEP] [CLS] [MASK] [PAD] [UNK]");

        int[] special = [Tokenizer.SeparatorId, Tokenizer.ClassifyId, Tokenizer.MaskId, Tokenizer.PadId, Tokenizer.UnknownId];
        Assert.DoesNotContain(encoded.Ids[1..^1], special.Contains);
    }

    [Theory]
    [InlineData("我要é", 2, 3)] // one character
    [InlineData("我要e\u0301好", 2, 4)] // its accent belongs to it
    [InlineData("我要 😀", 3, 5)] // both halves of the pair
    [InlineData("我\u200B要", 2, 3)] // dropped characters stand in nobody's span
    [InlineData("我𠮷", 1, 3)]
    public void Encode_LastOrAccentedToken_PointsAtItsSource(string text, int start, int end)
    {
        var encoded = Tokenizer.Encode(text);

        Assert.Contains(new SourceSpan(start, end), encoded.Offsets);
    }

    [Fact]
    public void Encode_HangulSyllableInSeveralPieces_FirstPieceHasIt()
    {
        var encoded = Tokenizer.Encode("간나");

        Assert.Equal([new(0, 1), new(1, 1), new(1, 1), new(1, 2), new(2, 2)], encoded.Offsets[1..^1]);
    }

    [Theory]
    [InlineData("订单U2942", "订 单 u29 +##42")]
    [InlineData("unaffable", "un +##aff +##able")]
    [InlineData("iPhone15Pro15", "iphone ##15 ##pro ##15")] // an entity may begin between letter and digit
    [InlineData("好的了", "好 的 了")]
    [InlineData("ガパ", "カ ##ハ")] // kana are not written with spaces
    [InlineData("간나", "ᄀ +##ᅡ +##ᆫ ##ᄂ +##ᅡ")]
    public void Encode_PiecesOfOneRun_AreJoined(string text, string expected)
    {
        var pieces = File.ReadAllLines(Repository.Golden("tokens.vocab.txt"));
        var encoded = Tokenizer.Encode(text);

        Assert.Equal(expected,
            string.Join(" ",
                encoded.Ids[1..^1].Select((id, i) => (encoded.Joined is { Length: > 0 } joined && joined[i + 1] ? "+" : "") + pieces[id])));
    }

    [Fact]
    public void Encode_MaxLengthBelowThree_IsRefused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Tokenizer.Encode("好", maxLength: 2));

    [Fact]
    public void Encode_ManyThreads_AgreeWithOne()
    {
        string[] texts =
            [.. File.ReadLines(Repository.Golden("tokens.uncased.jsonl")).Select((line, i) => $"{i}{line[..Math.Min(line.Length, 80)]}订单")];
        var fresh = UtteranceTokenizer.Load(Repository.Golden("tokens.vocab.txt"), new TokenizerSettings());
        var expected = texts.Select(text => string.Join(",", Tokenizer.Encode(text).Ids)).ToArray();

        var found = texts.AsParallel().AsOrdered().Select(text => string.Join(",", fresh.Encode(text).Ids)).ToArray();

        Assert.Equal(expected, found);
    }

    [Fact]
    public void Load_KnowsSizeAndSpecialIds() =>
        Assert.Equal(
            (566, 0, 1, 2, 3, 4),
            (Tokenizer.VocabularySize, Tokenizer.PadId, Tokenizer.UnknownId, Tokenizer.ClassifyId, Tokenizer.SeparatorId,
                Tokenizer.MaskId));

    [Fact]
    public void Load_VocabularyWithoutMask_SaysSo()
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder.File("vocab.txt"), "[PAD]\n[UNK]\n[CLS]\n[SEP]\na");

        var error = Assert.Throws<BundleException>(() => UtteranceTokenizer.Load(folder.File("vocab.txt"), new TokenizerSettings()));

        Assert.Contains("[MASK] is not among its 5 pieces", error.Message, StringComparison.Ordinal);
        Assert.Contains("vocab.txt", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Encode_PieceThatIsTwiceInTheVocabulary_IsTheLast() => // and no later id moves
        Assert.Equal([2, 7, 6, 3], With(new TokenizerSettings(), "a", "b", "a").Encode("a b").Ids);

    [Theory]
    [InlineData("订单Ｕ２９４２", "订单U2942")]
    [InlineData("ＡＢＣ　ｘｙｚ", "ABC xyz")]
    public void Encode_FullWidthWithFolding_HasTheTokensOfHalfWidth(string full, string half)
    {
        var tokenizer = UtteranceTokenizer.Load(Repository.Golden("tokens.vocab.txt"), new TokenizerSettings { FoldWidth = true });

        Assert.Equal(tokenizer.Encode(half).Ids, tokenizer.Encode(full).Ids);
        Assert.Equal(tokenizer.Encode(half).Offsets, tokenizer.Encode(full).Offsets);
        Assert.NotEqual(Tokenizer.Encode(half).Ids, Tokenizer.Encode(full).Ids);
    }

    [Theory]
    [InlineData("1,200", true)]
    [InlineData("1，200", true)]
    [InlineData("12,345,678", true)]
    [InlineData("3.5", true)]
    [InlineData("１．５", true)]
    [InlineData("5,6", false)] // five and six
    [InlineData("1,2000", false)]
    [InlineData("1200,300", false)]
    [InlineData("1, 200", false)]
    [InlineData("a.5", false)]
    [InlineData("5.a", false)]
    public void Encode_NumberWithSeparators_IsJoinedWhereItIsOne(string text, bool isOne)
    {
        var encoded = Tokenizer.Encode(text);

        Assert.Equal(isOne, encoded.Joined.Length > 0 && encoded.Joined[2..^1].All(joined => joined));
        Assert.False(encoded.Joined.Length > 0 && encoded.Joined[1]);
    }

    [Theory]
    [InlineData("go GPT-4o now", false, "go 7 now", 3, 9)]
    [InlineData("go gpt-4O now", false, "go 7 now", 3, 9)] // the tokenizer lower-cases
    [InlineData("goGPT-4onow", false, "go 7 now", 2, 8)]
    [InlineData("goGPT-4onow", true, "", 0, 0)]
    public void Encode_AddedToken_IsFoundBeforeWordsAreSplit(string text, bool singleWord, string expected, int start, int end)
    {
        var added = new AddedToken { Text = "GPT-4o", SingleWord = singleWord };
        var encoded = With(new TokenizerSettings { AddedTokens = [added] }, "go", "now", "GPT-4o").Encode(text);

        if (expected.Length == 0)
        {
            Assert.DoesNotContain(7, encoded.Ids);
            return;
        }
        Assert.Equal([2, 5, 7, 6, 3], encoded.Ids);
        Assert.Equal(new SourceSpan(start, end), encoded.Offsets[2]);
    }

    private static UtteranceTokenizer With(TokenizerSettings settings, params string[] pieces) =>
        UtteranceTokenizer.Create(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", .. pieces], settings, "test");

    [Fact]
    public void Load_NoVocabulary_SaysSo() =>
        Assert.Throws<BundleException>(() => UtteranceTokenizer.Load("/nowhere/vocab.txt", new TokenizerSettings()));
}
