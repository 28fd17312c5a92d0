using Edge.Bench.Statistics;

namespace Edge.Bench.Tests;

public sealed class PercentileIntervalTests
{
    // Ranks by summing the binomial distribution with lgamma in Python; textbooks have those of the median: of 10 samples the 2nd and the
    // 9th.
    [Theory]
    [InlineData(10, 0.5, 2, 9)]
    [InlineData(20, 0.5, 6, 15)]
    [InlineData(125, 0.99, 121, null)]
    [InlineData(367, 0.99, 359, null)]
    [InlineData(368, 0.99, 360, 368)]
    [InlineData(100_000, 0.99, 98_938, 99_062)]
    [InlineData(1, 0.99, 1, null)]
    public void Of_Ranks_AreThoseOfTheBinomial(int count, double share, int low, int? high) =>
        Assert.Equal(new PercentileInterval(low, high),
            PercentileInterval.Of(Enumerable.Range(1, count).Reverse().Select(value => (double)value), share));

    [Fact]
    public void Of_ManyRuns_HoldsThePercentileInNineteenOfTwenty()
    {
        var random = new Random(1);
        const int runs = 2000;
        var held = Enumerable.Range(0, runs).Count(_ =>
        {
            var (low, high) = PercentileInterval.Of(Enumerable.Range(0, 1000).Select(_ => random.NextDouble()), 0.99);
            return low <= 0.99 && high >= 0.99;
        });

        Assert.InRange((double)held / runs, 0.94, 0.99); // discrete: never less than 95 %, but for chance
    }
}
