using Edge.Bundles.Decoding;

namespace Edge.Bundle.Tests.Decoding;

public sealed class OutOfScopeMeasuresTests
{
    [Theory]
    [InlineData(1f)]
    [InlineData(0.7f)]
    [InlineData(2.5f)]
    public void Energy_OfAnyLogits_IsTheFreeEnergyOfThoseAroundTheirMean(float temperature)
    {
        float[] logits = [3.5f, -1, 0.25f, 7, -4, 2];
        var mean = logits.Average();
        var exponentials = logits.Select(logit => Math.Exp((logit - mean) / temperature)).ToArray();
        var confidence = (float)(exponentials.Max() / exponentials.Sum());

        Assert.Equal(-temperature * Math.Log(exponentials.Sum()), OutOfScopeMeasures.Energy(logits, confidence, temperature), 1e-5);
    }

    // A head that adds the same to all its logits answers the same, and is as sure; n-grams add such a number.
    [Fact]
    public void Energy_OfLogitsMovedTogether_StaysTheSame()
    {
        float[] logits = [3, 1, -2];

        Assert.Equal(OutOfScopeMeasures.Energy(logits, 0.8f, 1), OutOfScopeMeasures.Energy([53, 51, 48], 0.8f, 1), 1e-5);
    }

    [Fact]
    public void Norm_OfAVector_IsItsLength() => Assert.Equal(5, OutOfScopeMeasures.Norm([3, 0, -4]));
}
