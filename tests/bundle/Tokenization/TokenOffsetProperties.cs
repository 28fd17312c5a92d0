using System.Text;
using Edge.Bundle.Tests.Support;
using Edge.Bundles.Tokenization;

namespace Edge.Bundle.Tests.Tokenization;

public sealed class TokenOffsetProperties
{
    private static readonly string[] Pieces = File.ReadAllLines(Repository.Golden("tokens.vocab.txt"));

    private static readonly UtteranceTokenizer[] Tokenizers =
    [
        .. new TokenizerSettings[] { new(), new() { LowerCase = false }, new() { StripAccents = false, SplitHan = false } }
            .Select(settings => UtteranceTokenizer.Load(Repository.Golden("tokens.vocab.txt"), settings)),
    ];

    [Fact]
    public void Offsets_AnyText_AscendInsideTextWithoutOverlap() => Properties.ForAll(Texts.Any, text =>
    {
        foreach (var tokenizer in Tokenizers)
        {
            var encoded = tokenizer.Encode(text, maxLength: 10_000);
            var end = 0;
            foreach (var offset in TextOffsets(encoded))
            {
                Assert.InRange(offset.Start, end, text.Length);
                Assert.InRange(offset.End, offset.Start, text.Length);
                end = offset.End;
            }
        }
    });

    [Fact]
    public void Offsets_AnyText_NeverSplitASurrogatePair() => Properties.ForAll(Texts.Any, text =>
    {
        foreach (var offset in TextOffsets(Tokenizers[0].Encode(text, maxLength: 10_000)).Where(offset => offset.Length > 0))
        {
            Assert.False(IsInsidePair(text, offset.Start), $"starts inside a pair at {offset.Start}");
            Assert.False(IsInsidePair(text, offset.End), $"ends inside a pair at {offset.End}");
        }
    });

    [Fact]
    public void Offsets_AnyText_SourceOfATokenNormalizesToItsPiece() => Properties.ForAll(Texts.Any, text =>
    {
        foreach (var tokenizer in Tokenizers)
        {
            var encoded = tokenizer.Encode(text, maxLength: 10_000);
            var basic = new BasicTokenizer(tokenizer.Settings);
            for (var i = encoded.TextStart; i < encoded.TextStart + encoded.TextCount; i++)
            {
                // A syllable that became several pieces is told by the empty ones behind its first.
                if (encoded.Ids[i] == tokenizer.UnknownId || encoded.Offsets[i].Length == 0 || encoded.Offsets[i + 1].Length == 0)
                    continue;
                var piece = Pieces[encoded.Ids[i]];
                var source = text[encoded.Offsets[i].Start..encoded.Offsets[i].End];
                Assert.Equal(piece.StartsWith("##", StringComparison.Ordinal) ? piece[2..] : piece, Normalize(basic, source));
            }
        }
    });

    [Fact]
    public void Encode_Truncated_IsThePrefixOfTheWhole() => Properties.ForAll(Texts.Any, text =>
    {
        var whole = Tokenizers[0].Encode(text, maxLength: 10_000);
        var cut = Tokenizers[0].Encode(text, maxLength: 8);

        Assert.Equal(whole.TextCount > 6, cut.Truncated);
        Assert.Equal(whole.Ids.AsSpan(1, cut.TextCount), cut.Ids.AsSpan(1, cut.TextCount));
        Assert.Equal(TextOffsets(whole).Take(cut.TextCount), TextOffsets(cut));
    });

    private static SourceSpan[] TextOffsets(EncodedUtterance encoded) =>
        encoded.Offsets[encoded.TextStart..(encoded.TextStart + encoded.TextCount)];

    private static bool IsInsidePair(string text, int index) =>
        index > 0 && index < text.Length && char.IsHighSurrogate(text[index - 1]) && char.IsLowSurrogate(text[index]);

    private static string Normalize(BasicTokenizer basic, string source)
    {
        NormalizedText normalized = new();
        basic.Split(source, normalized);
        StringBuilder units = new();
        foreach (var word in normalized.Words)
            units.Append(normalized.Units(word));
        return units.ToString();
    }
}
