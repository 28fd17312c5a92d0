using Edge.Bench.Statistics;

namespace Edge.Bench.Tests;

public sealed class PercentilesTests
{
    [Fact]
    public void Of_HundredSamples_ReadsNearestRanks()
    {
        var percentiles = Percentiles.Of([.. Enumerable.Range(1, 100).Reverse().Select(value => (double)value)]);

        Assert.Equal(new Percentiles(100, 50, 90, 99, 100, 100), percentiles);
    }

    [Fact]
    public void Of_OneSample_IsThatSample() => Assert.Equal(new Percentiles(1, 7, 7, 7, 7, 7), Percentiles.Of([7]));
}
