using System.Text;
using Microsoft.ML.Tokenizers;

namespace Edge.Standins.Tests.Tokenizers;

public sealed class WordPieceTokenizerTests
{
    private const string Vocabulary = "[UNK]\nun\n##aff\n##able\n##a\n好\n##好\n\n[SEP]\nu\n##n\n";

    [Fact]
    public void EncodeToTokens_Word_IsTheLongestMatchFromTheLeft()
    {
        var tokens = Create().EncodeToTokens("unaffable", out var normalized);

        Assert.Null(normalized);
        Assert.Equal([(1, "un", 0..2), (2, "##aff", 2..5), (3, "##able", 5..9)], tokens.Select(token => (token.Id, token.Value, token.Offset)));
    }

    [Theory]
    [InlineData("unx")]
    [InlineData("xun")]
    [InlineData("好x好")]
    public void EncodeToTokens_OnePieceUnknown_WholeWordIsUnknown(string word)
    {
        var token = Assert.Single(Create().EncodeToTokens(word, out _));

        Assert.Equal((0, "[UNK]", 0..word.Length), (token.Id, token.Value, token.Offset));
    }

    [Fact]
    public void EncodeToTokens_SeveralWords_OffsetsAreThoseOfTheText()
    {
        var tokens = Create().EncodeToTokens("  un\u3000好\t x", out _);

        Assert.Equal([(1, 2..4), (5, 5..6), (0, 8..9)], tokens.Select(token => (token.Id, token.Offset)));
    }

    [Fact]
    public void EncodeToTokens_WithoutPreTokenization_TakesTheWholeTextForOneWord()
    {
        var tokenizer = Create();

        Assert.Equal([0], tokenizer.EncodeToTokens("un un", out _, considerPreTokenization: false).Select(token => token.Id));
        Assert.Equal([1, 2], tokenizer.EncodeToTokens("unaff".AsSpan(), out _, considerPreTokenization: false, considerNormalization: false).Select(token => token.Id));
    }

    [Fact]
    public void EncodeToTokens_EmptyText_HasNoTokens() => Assert.Empty(Create().EncodeToTokens(ReadOnlySpan<char>.Empty, out _));

    [Fact]
    public void EncodeToTokens_LoneSurrogate_IsUnknown() =>
        Assert.Equal([0], Create().EncodeToTokens("\uD83D", out _, considerPreTokenization: false).Select(token => token.Id));

    [Fact]
    public void EncodeToTokens_SpecialTokenInText_IsFoundAsAWordOnly() => Assert.Equal([8, 0], Create().EncodeToIds("[SEP] [SEP]un"));

    [Fact]
    public void EncodeToTokens_LongWord_IsUnknownAboveTheLimit()
    {
        var tokenizer = Create(new WordPieceOptions { MaxInputCharsPerWord = 4 });

        Assert.Equal([1, 10, 10], tokenizer.EncodeToIds("unnn"));
        Assert.Equal([0], tokenizer.EncodeToIds("unnnn"));
        Assert.Equal(100, Create().MaxInputCharsPerWord);
    }

    [Fact]
    public void EncodeToTokens_WithNormalizer_OffsetsAreThoseOfTheNormalizedText()
    {
        var tokenizer = Create(new WordPieceOptions { Normalizer = new LowerCase() });

        var token = Assert.Single(tokenizer.EncodeToTokens(" UN", out var normalized));
        Assert.Equal((" un", 1, 1..3), (normalized, token.Id, token.Offset));
        Assert.Equal([0], tokenizer.EncodeToIds("UN", considerNormalization: false));
    }

    [Fact]
    public void EncodeToTokens_OwnPreTokenizer_DecidesTheWords()
    {
        var tokenizer = Create(new WordPieceOptions { PreTokenizer = new SingleCharacters() });

        Assert.Equal([5, 5], tokenizer.EncodeToIds("好好"));
        Assert.Equal([5, 6], tokenizer.EncodeToIds("好好", considerPreTokenization: false));
    }

    [Fact]
    public void EncodeToIds_NoSpecialTokensAreAdded() => Assert.Equal([1, 2], Create().EncodeToIds("unaff"));

    [Fact]
    public void Create_Ids_AreLineNumbersWithEmptyLinesCounted() => Assert.Equal([8], Create().EncodeToIds("[SEP]"));

    [Theory]
    [InlineData("\uFEFF[UNK]\nun\n")]
    [InlineData("[UNK]\r\nun\r\n")]
    public void Create_ByteOrderMarkAndCarriageReturns_AreNoPartOfPieces(string vocabulary) =>
        Assert.Equal([1], Create(null, vocabulary).EncodeToIds("un"));

    [Fact]
    public void Create_RepeatedLine_IsRefused() => Assert.Throws<ArgumentException>(() => Create(null, "[UNK]\nun\nun\n"));

    [Fact]
    public void Create_WithoutUnknownToken_IsRefused() => Assert.Throws<ArgumentException>(() => Create(null, "un\n"));

    [Fact]
    public void Create_Stream_StaysOpen()
    {
        using MemoryStream stream = new(Encoding.UTF8.GetBytes(Vocabulary));
        WordPieceTokenizer.Create(stream);

        Assert.True(stream.CanRead);
    }

    [Fact]
    public void Create_UnknownToken_IsKnownByNameAndId()
    {
        var tokenizer = Create(new WordPieceOptions { UnknownToken = "u" });

        Assert.Equal(("u", 9, "##"), (tokenizer.UnknownToken, tokenizer.UnknownTokenId, tokenizer.ContinuingSubwordPrefix));
        Assert.Equal([9], tokenizer.EncodeToIds("xyz"));
    }

    [Fact]
    public void EncodeToIds_ManyThreads_AgreeWithOne()
    {
        var tokenizer = Create();

        Assert.All(Enumerable.Range(0, 2_000).AsParallel().Select(_ => tokenizer.EncodeToIds("unaffable 好")), ids => Assert.Equal([1, 2, 3, 5], ids));
    }

    private static WordPieceTokenizer Create(WordPieceOptions? options = null, string vocabulary = Vocabulary) =>
        WordPieceTokenizer.Create(new MemoryStream(Encoding.UTF8.GetBytes(vocabulary)), options);

    private sealed class LowerCase : Normalizer
    {
        public override string Normalize(string original) => original.ToLowerInvariant();

        public override string Normalize(ReadOnlySpan<char> original) => Normalize(original.ToString());
    }

    private sealed class SingleCharacters : PreTokenizer
    {
        public override IEnumerable<(int Offset, int Length)> PreTokenize(string text) => Enumerable.Range(0, text.Length).Select(i => (i, 1));

        public override IEnumerable<(int Offset, int Length)> PreTokenize(ReadOnlySpan<char> text) => PreTokenize(text.ToString());
    }
}
