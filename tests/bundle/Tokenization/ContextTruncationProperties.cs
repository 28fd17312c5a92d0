using Edge.Bundle.Tests.Support;
using Edge.Bundles.Tokenization;
using FsCheck.Fluent;

namespace Edge.Bundle.Tests.Tokenization;

public sealed class ContextTruncationProperties
{
    private static readonly UtteranceTokenizer Tokenizer =
        UtteranceTokenizer.Load(Repository.Golden("tokens.vocab.txt"), new TokenizerSettings());

    [Fact]
    public void Encode_AnyPair_KeepsTheUtteranceAndTheEndOfTheContext()
    {
        var cases = from text in Texts.Any from context in Texts.Any from length in Gen.Choose(3, 40) select (text, context, length);
        Properties.ForAll(cases, input =>
        {
            var (text, context, length) = input;
            var pair = Tokenizer.Encode(text, context, length);
            var alone = Tokenizer.Encode(text, null, length);
            var before = Tokenizer.Encode(context, null, 10_000);

            // The utterance is what it is without context, whether it had to be cut or not.
            Assert.InRange(pair.Length, 2, length);
            Assert.Equal(Text(alone), Text(pair));
            Assert.Equal(alone.Truncated, pair.Truncated);
            // All room that it leaves is the end of the context; nothing is left unused while context is left out.
            var kept = pair.TextStart > 1 ? pair.Ids[1..(pair.TextStart - 1)] : [];
            Assert.Equal(Text(before)[^kept.Length..], kept);
            if (kept.Length < before.TextCount) Assert.True(pair.Length == length || (kept.Length == 0 && alone.Length >= length - 1));
            Assert.All(pair.Offsets[..pair.TextStart], offset => Assert.Equal(default, offset));
            Assert.Equal(kept.Length == 0 ? 0 : 1, pair.TypeIds[pair.TextStart]);
        });
    }

    private static int[] Text(EncodedUtterance encoded) => encoded.Ids[encoded.TextStart..(encoded.TextStart + encoded.TextCount)];
}
