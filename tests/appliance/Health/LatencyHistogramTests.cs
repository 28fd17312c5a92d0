using Edge.Appliance.Health;

namespace Edge.Appliance.Tests.Health;

public sealed class LatencyHistogramTests
{
    [Fact]
    public void Read_BucketsAreCumulative_AndABoundBelongsToItsBucket()
    {
        var histogram = new LatencyHistogram();
        foreach (var milliseconds in new[] { 0.4, 0.5, 0.9, 3, 9_000 })
            histogram.Add(TimeSpan.FromMilliseconds(milliseconds));

        var (buckets, sum, count) = histogram.Read();

        Assert.Equal(5, count);
        Assert.Equal(9.0048, sum, 6);
        Assert.Equal([(0.0005, 2), (0.001, 3), (0.002, 3), (0.005, 4)], buckets.Take(4));
        Assert.Equal((double.PositiveInfinity, 5), buckets[^1]);
        Assert.Equal(4, buckets[^2].Count);
    }
}
