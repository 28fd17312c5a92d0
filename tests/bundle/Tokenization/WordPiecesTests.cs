using Edge.Bundle.Tests.Support;
using Edge.Bundles.Tokenization;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.ML.Tokenizers;

namespace Edge.Bundle.Tests.Tokenization;

public sealed class WordPiecesTests
{
    private static readonly byte[] File = System.IO.File.ReadAllBytes(Repository.Golden("tokens.vocab.txt"));
    private static readonly WordPieceTokenizer Package =
        WordPieceTokenizer.Create(new MemoryStream(File), new WordPieceOptions { MaxInputCharsPerWord = WordPieces.MostPieces });
    private static readonly WordPieces Words =
        new(Vocabulary.Of(System.IO.File.ReadAllLines(Repository.Golden("tokens.vocab.txt")), "vocab.txt"));

    // Pieces of the vocabulary put together, so that long matches and dead ends happen, with digits and units that are in no piece between
    // them.
    private static readonly Gen<string> Word =
        from parts in Gen.OneOf(
            Gen.Elements(
                System.IO.File.ReadAllLines(Repository.Golden("tokens.vocab.txt"))
                    .Select(piece => piece.Replace("##", "", StringComparison.Ordinal)).Where(piece => piece.Length > 0).ToArray()),
            Gen.Choose(0, 99_999).Select(number => $"{number}"),
            Gen.Elements("é", "ſ", "𠀀", "０", "a", "zz")).NonEmptyListOf()
        select string.Concat(parts);

    [Fact]
    public void Of_Word_IsCutAsMicrosoftMLTokenizersCutsIt() =>
    Properties.ForAll(Word.Where(word => word.Length is > 0 and <= WordPieces.MaxWordCharacters), word =>
    {
        var expected = Package.EncodeToTokens(word, out _, considerPreTokenization: false, considerNormalization: false);

        var pieces = Words.Of(word, new WordPiece[WordPieces.MostPieces]).ToArray();

        Assert.Equal(expected.Select(token => (token.Id, token.Offset.Start.Value, token.Offset.End.Value - 1)),
            pieces.Select(piece => (piece.Id, piece.First, piece.Last)));
        Assert.All(pieces,
            piece => Assert.Equal(
                piece.First > 0 && CharacterKinds.AreJoined(word[piece.First - 1], word[piece.First]), piece.ContinuesWord));
    });

    [Fact]
    public void Of_LongestWord_IsCutAsMicrosoftMLTokenizersCutsIt()
    {
        var word = string.Concat(Enumerable.Repeat("1", WordPieces.MaxWordCharacters));
        var expected = Package.EncodeToTokens(word, out _, considerPreTokenization: false, considerNormalization: false);

        Assert.Equal(100, expected.Sum(token => token.Offset.End.Value - token.Offset.Start.Value));
        Assert.Equal(
            expected.Select(token => token.Id), Words.Of(word, new WordPiece[WordPieces.MostPieces]).ToArray().Select(piece => piece.Id));
    }

    [Fact]
    public void Of_WordAboveTheLimit_IsUnknown() =>
        Assert.Equal([new WordPiece(Package.UnknownTokenId, 0, WordPieces.MaxWordCharacters, false)],
            Words.Of(new string('1', WordPieces.MaxWordCharacters + 1), new WordPiece[WordPieces.MostPieces]).ToArray());

    [Fact]
    public void Of_WordOfOneUnitThatIsNoPiece_IsUnknown() =>
        Assert.Equal(
            [new WordPiece(Package.UnknownTokenId, 0, 0, false)], Words.Of("\uD83D", new WordPiece[WordPieces.MostPieces]).ToArray());

    [Fact]
    public void Of_WordWithDigitsOfHalfPairs_IsUnknownAndDoesNotOverflow() =>
        Assert.Equal([new WordPiece(Package.UnknownTokenId, 0, 300, false)],
            Words.Of("1" + new string('\uDC00', 300), new WordPiece[WordPieces.MostPieces]).ToArray());
}
