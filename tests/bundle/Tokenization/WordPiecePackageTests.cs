using System.Text;
using Edge.Bundles.Tokenization;
using Microsoft.ML.Tokenizers;

namespace Edge.Bundle.Tests.Tokenization;

/// <summary>What <see cref="WordPieces"/> takes for granted of Microsoft.ML.Tokenizers.</summary>
public sealed class WordPiecePackageTests
{
    private const string Vocabulary = "[UNK]\nun\n##aff\n##able\n##a\n好\n##好\n\n[SEP]\n";

    [Fact]
    public void Word_KnownPieces_IsTheLongestMatchFromTheLeft() =>
        Assert.Equal([(1, 0..2), (2, 2..5), (3, 5..9)], Encode("unaffable"));

    [Theory]
    [InlineData("unx")]
    [InlineData("xun")]
    [InlineData("un un")] // without pre-tokenization a text is one word
    [InlineData("\uD83D")]
    public void Word_OnePieceUnknown_IsUnknownAsAWhole(string word) => Assert.Equal([(0, 0..word.Length)], Encode(word));

    [Fact]
    public void Word_AboveTheLimit_IsUnknown()
    {
        var longest = "un" + string.Concat(Enumerable.Repeat("##aff"[2..], (WordPieces.MostPieces - 2) / 3));

        Assert.NotEqual(0, Encode(longest)[0].Id);
        Assert.Equal([0], Encode(longest + "affaff").Select(token => token.Id));
    }

    [Fact]
    public void Ids_EmptyLineInTheVocabulary_AreLineNumbers() => Assert.Equal([8], Encode("[SEP]").Select(token => token.Id));

    [Theory]
    [InlineData("\uFEFF[UNK]\nun\n")]
    [InlineData("[UNK]\r\nun\r\n")]
    public void Ids_ByteOrderMarkOrCarriageReturns_AreTheSame(string vocabulary) =>
    Assert.Equal([1], Encode("un", vocabulary).Select(token => token.Id));

    [Fact]
    public void Word_OnManyThreads_IsCutAsOnOne()
    {
        var tokenizer = Create(Vocabulary);

        Assert.All(
            Enumerable.Range(0, 2_000).AsParallel().Select(_ => tokenizer.EncodeToTokens("unaffable", out string? _, false, false)),
            tokens => Assert.Equal([1, 2, 3], tokens.Select(token => token.Id)));
    }

    private static (int Id, Range Offset)[] Encode(string word, string vocabulary = Vocabulary) =>
        [.. Create(vocabulary).EncodeToTokens(word, out _, considerPreTokenization: false, considerNormalization: false)
            .Select(token => (token.Id, token.Offset))];

    private static WordPieceTokenizer Create(string vocabulary) =>
        WordPieceTokenizer.Create(
            new MemoryStream(Encoding.UTF8.GetBytes(vocabulary)), new WordPieceOptions { MaxInputCharsPerWord = WordPieces.MostPieces });
}
