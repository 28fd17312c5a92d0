using Edge.Bench.Statistics;

namespace Edge.Bench.Tests;

public sealed class MedianIntervalTests
{
    [Fact]
    public void IsTimeToJudge_ManyRounds_IsEachTimeATwentiethLater()
    {
        int[] times = [.. Enumerable.Range(1, 10_000).Where(MedianInterval.IsTimeToJudge)];

        Assert.Equal(Enumerable.Range(12, 10), times.Where(rounds => rounds is >= 12 and <= 21));
        Assert.All(times.Zip(times.Skip(1)).Where(pair => pair.First > 100),
            pair => Assert.InRange((double)pair.Second / pair.First, 1.03, 1.07));
    }
}
