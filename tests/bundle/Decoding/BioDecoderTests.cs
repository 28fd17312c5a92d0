using Edge.Bundle.Tests.Support;
using Edge.Bundles.Decoding;
using Edge.Bundles.Tasks;
using Edge.Bundles.Tokenization;

namespace Edge.Bundle.Tests.Decoding;

public sealed class BioDecoderTests
{
    private static readonly string[] Labels = ["ORDER", "DATE"];
    private static readonly UtteranceTokenizer Tokenizer =
        UtteranceTokenizer.Load(Repository.Golden("tokens.vocab.txt"), new TokenizerSettings());

    [Fact]
    public void Decode_BeginThenInside_IsOneEntityOverWholeCharacters()
    {
        var encoded = Tokenizer.Encode("订单U2942明天"); // 订 单 u29 ##42 明 天

        var entities = Decode(encoded, [0, 0, 1, 2, 3, 4], out var confidence);

        Assert.Equal([("ORDER", 2, 7), ("DATE", 7, 9)], entities.Select(entity => (entity.Label, entity.Start, entity.End)));
        Assert.InRange(confidence, 0.9f, 1);
    }

    [Fact]
    public void Decode_BeginAfterBegin_StartsNewEntity()
    {
        var entities = Decode(Tokenizer.Encode("明天"), [3, 3], out _);

        Assert.Equal([(0, 1), (1, 2)], entities.Select(entity => (entity.Start, entity.End)));
    }

    [Fact]
    public void Decode_InsideTagWithoutBegin_TakesTheMostProbableValidPath()
    {
        // 明: O slightly ahead of B; 天: I. O I is not valid; B I is worth more than O and anything else.
        float[] first = [1, -5, -5, 0.5f, -5];
        float[] second = [0, -5, -5, -5, 5];
        var encoded = Tokenizer.Encode("明天");

        var entities = BioDecoder.Decode([.. new float[5], .. first, .. second, .. new float[5]], encoded, Labels, 1, out var confidence);

        Assert.Equal([("DATE", 0, 2)], entities.Select(entity => (entity.Label, entity.Start, entity.End)));
        // e^5.5 among all paths that BIO allows: e^1 + e^0.5 + e^5.5 and small ones.
        Assert.InRange(confidence, 0.98f, 0.985f);
        Assert.Equal(confidence, entities[0].Confidence, 5);
    }

    [Fact]
    public void Decode_InsideOfAnotherLabel_IsNotJoined()
    {
        // B-ORDER then I-DATE is not valid; ORDER on both is ahead of DATE on both.
        var encoded = Tokenizer.Encode("明天");
        var logits = Logits(encoded, [1, 4], 10);
        logits[(2 * 5) + 2] = 9;

        Assert.Equal([("ORDER", 0, 2)], BioDecoder.Decode(logits, encoded, Labels, 1, out _).Select(Place));
    }

    [Fact]
    public void Decode_PiecesOfOneNumber_AreOneEntityOrNone()
    {
        // u29 ##42: the model is surer of the second piece than of the first.
        var encoded = Tokenizer.Encode("U2942");
        float[] first = [1, 0, -5, -5, -5];

        var begun = BioDecoder.Decode([.. new float[5], .. first, 0, 4, 0, 0, 0, .. new float[5]], encoded, Labels, 1, out _);
        var inside = BioDecoder.Decode([.. new float[5], .. first, 0, 0, 4, 0, 0, .. new float[5]], encoded, Labels, 1, out _);

        Assert.Empty(begun);
        Assert.Equal([("ORDER", 0, 5)], inside.Select(Place));
    }

    [Fact]
    public void Decode_HigherTemperature_LowersConfidenceOnly()
    {
        var encoded = Tokenizer.Encode("订单明天");
        var logits = Logits(encoded, [0, 0, 3, 4], 3);

        var sharp = BioDecoder.Decode(logits, encoded, Labels, 1, out var confident);
        var soft = BioDecoder.Decode(logits, encoded, Labels, 2, out var doubtful);

        Assert.Equal(sharp.Select(Place), soft.Select(Place));
        Assert.True(doubtful < confident);
    }

    [Fact]
    public void Decode_NoTokens_IsCertainOfNothing()
    {
        var encoded = Tokenizer.Encode("");

        Assert.Empty(BioDecoder.Decode(new float[2 * 5], encoded, Labels, 1, out var confidence));
        Assert.Equal(1, confidence);
    }

    [Fact]
    public void Decode_ContextTokens_AreLeftOut()
    {
        var encoded = Tokenizer.Encode("明天", "今天");

        var entities = BioDecoder.Decode(Logits(encoded, [3, 4], 8), encoded, Labels, 1, out _);

        Assert.Equal([("DATE", 0, 2)], entities.Select(Place));
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void Decode_LogitsThatAreNoNumbers_AreRefused(float logit)
    {
        var encoded = Tokenizer.Encode("明天");
        var logits = Logits(encoded, [3, 4], 8);
        logits[7] = logit;

        Assert.Throws<InvalidDataException>(() => BioDecoder.Decode(logits, encoded, Labels, 1, out _));
    }

    [Fact]
    public void Decode_WrongNumberOfLogits_SaysWhatIsExpected()
    {
        var error = Assert.Throws<ArgumentException>(() => BioDecoder.Decode(new float[7], Tokenizer.Encode("明天"), Labels, 1, out _));

        Assert.Contains("4 tokens × 5 tags", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(float.NaN)]
    public void Decode_TemperatureNotAboveZero_IsRefused(float temperature) =>
        Assert.Throws<ArgumentOutOfRangeException>(
            () => BioDecoder.Decode(new float[20], Tokenizer.Encode("明天"), Labels, temperature, out _));

    private static (string Label, int Start, int End) Place(EntitySpan span) => (span.Label, span.Start, span.End);

    private static IReadOnlyList<EntitySpan> Decode(EncodedUtterance encoded, int[] tags, out float confidence) =>
        BioDecoder.Decode(Logits(encoded, tags, 10), encoded, Labels, 1, out confidence);

    private static float[] Logits(EncodedUtterance encoded, int[] tags, float height)
    {
        var count = BioTags.Count(Labels.Length);
        var logits = new float[encoded.Length * count];
        for (var i = 0; i < tags.Length; i++)
            logits[((encoded.TextStart + i) * count) + tags[i]] = height;
        return logits;
    }
}
