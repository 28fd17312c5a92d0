using Edge.Trainer.Evaluation;

namespace Edge.Trainer.Tests.Evaluation;

public sealed class BootstrapTests
{
    [Fact]
    public void Intervals_OfAShare_AreTheNormalApproximation()
    {
        // 300 of 1,000 right: 0.3 ± 1.96 * sqrt(0.3 * 0.7 / 1000) = 0.2716 to 0.3284.
        var interval = Share(1000, 300);
        Assert.Equal(0.2716, interval.Low, 0.003);
        Assert.Equal(0.3284, interval.High, 0.003);
        Assert.Equal(interval, Share(1000, 300));
    }

    [Fact]
    public void Intervals_WithoutAnyVariation_AreOnePoint() => Assert.Equal(new Interval(1, 1), Share(10, 10));

    private static Interval Share(int count, int right) => Bootstrap.Intervals(count, weights =>
    {
        var sum = 0;
        for (var i = 0; i < right; i++)
            sum += weights[i];
        return [(double)sum / count];
    })[0];
}
