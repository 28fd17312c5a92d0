using Edge.Bundles.Decoding;

namespace Edge.Bundle.Tests.Decoding;

public class VectorMathTests
{
    /// <summary>Shorter than a vector, as long, longer, and with a rest.</summary>
    public static TheoryData<int> Lengths => [1, 4, 7, 8, 16, 19, 159];

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Sums_AnyLength_AreThoseOfPlainLoops(int length)
    {
        var random = new Random(length);
        float[] logits = [.. Enumerable.Range(0, length).Select(_ => (float)((random.NextDouble() - 0.5) * 200))];
        var exponentials = new double[length];
        VectorMath.Exponentials(logits, 1.7f, exponentials);
        for (var i = 0; i < length; i++)
            Assert.Equal(Math.Exp(((double)logits[i] - logits.Max()) / 1.7f), exponentials[i], 1e-12);

        double[] factors = [.. Enumerable.Range(0, length).Select(_ => random.NextDouble())];
        double[] products = [.. exponentials.Zip(factors, (value, factor) => value * factor)];
        Assert.Equal(products.Sum(), VectorMath.SumOfProducts(exponentials, factors), 1e-12);
        var sum = VectorMath.MultiplyAndSum(exponentials, factors);
        Assert.Equal(products.Sum(), sum, 1e-12);
        Assert.Equal(products, exponentials);
        VectorMath.Multiply(exponentials, 3);
        Assert.Equal(products.Select(product => product * 3), exponentials);
    }

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Highest_AnyLength_IsTheHighest(int length)
    {
        var values = new float[length];
        for (var at = 0; at < length; at++)
        {
            Array.Fill(values, -3);
            values[at] = -2;
            Assert.Equal(-2, VectorMath.Highest(values));
        }
    }

    [Theory]
    [MemberData(nameof(Lengths))]
    public void AreFinite_OneThatIsNot_IsSeenWhereverItStands(int length)
    {
        foreach (var wrong in new[] { float.NaN, float.PositiveInfinity, float.NegativeInfinity })
        {
            var values = new float[length];
            Array.Fill(values, float.MinValue);
            Assert.True(VectorMath.AreFinite(values));
            for (var at = 0; at < length; at++)
            {
                values[at] = wrong;
                Assert.False(VectorMath.AreFinite(values));
                values[at] = float.MaxValue;
            }
        }
    }

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Add_AnyLength_AddsEachToItsSum(int length)
    {
        double[] sums = [.. Enumerable.Range(0, length).Select(i => (double)i)];
        VectorMath.Add(sums, [.. Enumerable.Range(0, length).Select(i => 0.5f - i)]);
        Assert.All(sums, sum => Assert.Equal(0.5, sum));
    }
}
