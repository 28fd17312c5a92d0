using Edge.Bundles.Decoding;
using Edge.Bundles.Tasks;

namespace Edge.Bundle.Tests.Decoding;

public class TagVectorsTests
{
    /// <summary>None, one, two (a vector), three (a vector and a rest) and many labels.</summary>
    public static TheoryData<int> Labels => [0, 1, 2, 3, 4, 79];

    [Theory]
    [MemberData(nameof(Labels))]
    public void Steps_AnyLabels_AreThoseOfPlainLoops(int labels)
    {
        var random = new Random(labels);
        var tags = BioTags.Count(labels);
        var (values, factors, shares, result) = (Numbers(), Numbers(), Numbers(), new double[tags]);

        TagVectors.SumsBehind(values, factors, 7, result);
        for (var label = 0; label < labels; label++)
        {
            var (begin, inside) = (BioTags.Begin(label), BioTags.Inside(label));
            Assert.Equal(7, result[begin]);
            Assert.Equal((values[begin] * factors[begin]) + (values[inside] * factors[inside]), result[inside], 1e-12);
        }

        TagVectors.HighestBehind(values, factors, 7, result);
        for (var label = 0; label < labels; label++)
        {
            var (begin, inside) = (BioTags.Begin(label), BioTags.Inside(label));
            Assert.Equal(7, result[begin]);
            Assert.Equal(Math.Max(values[begin] + factors[begin], values[inside] + factors[inside]), result[inside]);
        }

        TagVectors.SumsBefore(values, factors, shares, 7, result);
        for (var label = 0; label < labels; label++)
        {
            var (begin, inside) = (BioTags.Begin(label), BioTags.Inside(label));
            Assert.Equal((factors[begin] * values[inside]) + (shares[begin] * 7), result[begin], 1e-12);
            Assert.Equal((factors[inside] * values[inside]) + (shares[inside] * 7), result[inside], 1e-12);
        }

        Assert.Equal(Enumerable.Range(0, labels).Sum(label => values[BioTags.Begin(label)]), TagVectors.SumOfBegins(values), 1e-12);
        Assert.Equal(0, result[BioTags.O]); // the caller's

        double[] Numbers() => [.. Enumerable.Range(0, tags).Select(_ => random.NextDouble() - 0.5)];
    }
}
