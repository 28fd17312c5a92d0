using Edge.Bundles.Decoding;

namespace Edge.Bundle.Tests.Decoding;

public class VectorMathTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(7)]
    [InlineData(159)]
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
}
