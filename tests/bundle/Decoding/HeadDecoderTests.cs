using Edge.Bundle.Tests.Support;
using Edge.Bundles.Decoding;
using Edge.Bundles.Tasks;
using Edge.Bundles.Tokenization;

namespace Edge.Bundle.Tests.Decoding;

public sealed class HeadDecoderTests
{
    private static readonly EncodedUtterance Encoded =
        UtteranceTokenizer.Load(Repository.Golden("tokens.vocab.txt"), new TokenizerSettings()).Encode("明天");

    [Fact]
    public void Decode_Single_IsTheMostProbableLabel()
    {
        var prediction = Decode(HeadKind.Single, ["积极", "中性", "消极"], [0, 1, 3], 1);

        Assert.Equal("消极", prediction.Label);
        Assert.Equal(1, prediction.Probabilities.Sum(), 1e-6);
        Assert.Equal(Math.Exp(3) / (1 + Math.Exp(1) + Math.Exp(3)), prediction.Confidence, 1e-6);
    }

    [Fact]
    public void Decode_SingleAtTemperature_DividesTheLogits()
    {
        var warm = Decode(HeadKind.Single, ["a", "b"], [0, 2], 2);

        Assert.Equal(1 / (1 + Math.Exp(-1)), warm.Confidence, 1e-6);
    }

    [Fact]
    public void Decode_SingleWithHugeLogits_StaysFinite()
    {
        var prediction = Decode(HeadKind.Single, ["a", "b"], [float.MaxValue, float.MinValue], 0.01f);

        Assert.Equal(("a", 1f), (prediction.Label, prediction.Confidence));
        Assert.Equal([1, 0], prediction.Probabilities);
    }

    [Fact]
    public void Decode_Multi_HasEveryLabelFromOneHalfOn()
    {
        var prediction = Decode(HeadKind.Multi, ["a", "b", "c"], [2, -4, 0], 1);

        Assert.Equal(["a", "c"], prediction.Labels);
        Assert.Equal(0.5 / (1 + Math.Exp(-2)) / (1 + Math.Exp(-4)), prediction.Confidence, 1e-6);
        Assert.Equal(1 / (1 + Math.Exp(-2)), prediction.Probabilities[0], 1e-6);
    }

    [Fact]
    public void Decode_MultiOfHonestLabels_HasTheProbabilityOfTheSet()
    {
        // Each label is there with the probability that the model says: how often is the answer the exact set?
        const int Draws = 20_000;
        float[] logits = [2, -3, 1, -0.5f, 4, -2];
        var prediction = Decode(HeadKind.Multi, ["a", "b", "c", "d", "e", "f"], logits, 1.5f);
        var random = new Random(1);
        var right = Enumerable.Range(0, Draws)
            .Count(_ =>
                prediction.Probabilities.Count(probability => (random.NextDouble() < probability) == (probability >= 0.5f))
                == logits.Length);

        Assert.Equal((double)right / Draws, prediction.Confidence, 0.01);
    }

    [Fact]
    public void Decode_MultiOfManyDoubtfulLabels_IsStillAboveZero() =>
        Assert.InRange(Decode(HeadKind.Multi, [.. Enumerable.Range(0, 100).Select(i => $"l{i}")], new float[100], 1).Confidence,
            float.Epsilon, 1e-29f);

    [Fact]
    public void Decode_Score_IsTheSigmoid()
    {
        var prediction = Decode(HeadKind.Score, [], [0.4f], 5);

        Assert.Equal(1 / (1 + Math.Exp(-0.4)), prediction.Score!.Value, 1e-6);
        Assert.Equal(1, prediction.Confidence);
    }

    [Fact]
    public void Decode_Span_HasEntities()
    {
        var logits = new float[4 * 3];
        logits[(1 * 3) + 1] = logits[(2 * 3) + 2] = 9;

        Assert.Equal(2, Assert.Single(Decode(HeadKind.Span, ["DATE"], logits, 1).Spans).End);
    }

    [Fact]
    public void Decode_WrongNumberOfLogits_NamesTheHead()
    {
        var error = Assert.Throws<ArgumentException>(() => Decode(HeadKind.Single, ["a", "b"], [1], 1));

        Assert.Equal("head test: 1 logits; 2 expected.", error.Message);
    }

    [Theory]
    [InlineData(HeadKind.Single)]
    [InlineData(HeadKind.Multi)]
    public void Decode_LogitsThatAreNoNumbers_AreRefused(HeadKind kind) =>
        Assert.Throws<InvalidDataException>(() => Decode(kind, ["a", "b"], [1, float.NaN], 1));

    private static HeadPrediction Decode(HeadKind kind, string[] labels, float[] logits, float temperature) =>
        HeadDecoder.Decode(new HeadDefinition { Name = "test", Kind = kind, Labels = labels }, logits, Encoded, temperature);
}
