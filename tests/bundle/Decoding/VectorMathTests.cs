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

    [Theory]
    [MemberData(nameof(Lengths))]
    public void AddProducts_AnyLength_AddsEachToItsSum(int length)
    {
        double[] sums = [.. Enumerable.Range(0, length).Select(i => (double)i)];
        VectorMath.AddProducts(sums, [.. Enumerable.Range(0, length).Select(i => 0.25 - (0.5 * i))], 2);
        Assert.All(sums, sum => Assert.Equal(0.5, sum));
    }

    [Theory]
    [MemberData(nameof(Lengths))]
    public void RaiseToSums_AnyLength_KeepsWhatIsHigher(int length)
    {
        var values = new double[length];
        VectorMath.RaiseToSums(values, [.. Enumerable.Range(0, length).Select(i => (double)(i % 2))], -0.5);
        Assert.Equal(Enumerable.Range(0, length).Select(i => i % 2 == 0 ? 0 : 0.5), values);
        VectorMath.RaiseToSums(values, new double[length], double.NegativeInfinity);
        Assert.All(values, value => Assert.InRange(value, 0, 0.5));
    }

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Sums_HighestAndAtLeast_AreFoundWhereverTheyStand(int length)
    {
        var addends = new double[length];
        Array.Fill(addends, -1);
        for (var at = 0; at < length; at++)
        {
            var values = new double[length];
            values[at] = values[^1] = 3;

            Assert.Equal(2, VectorMath.HighestOfSums(values, addends));
            Assert.Equal(at, VectorMath.IndexOfHighestSum(values, addends));
            Assert.Equal(at, VectorMath.IndexOfHighest(values));
            Assert.Equal(at, VectorMath.IndexOfSumAtLeast(values, addends, 2, 0));
            Assert.Equal(at == length - 1 ? -1 : length - 1, VectorMath.IndexOfSumAtLeast(values, addends, 2, at + 1));
            Assert.Equal(-1, VectorMath.IndexOfSumAtLeast(values, addends, 2.1, 0));
        }
    }
}
