using Edge.Bench.Model;

namespace Edge.Bench.Tests.Model;

public sealed class TimePlanTests
{
    [Theory]
    [InlineData(false, 0)]
    [InlineData(false, 1)]
    [InlineData(true, 1)]
    [InlineData(true, 3)]
    public void Of_AnyPrecisions_SplitsTheTimeAndLeavesTheServedOneMost(bool isJudged, int others)
    {
        var duration = TimeSpan.FromSeconds(20);

        var plan = TimePlan.Of(duration, isJudged, others);

        var ofOthers = others * (plan.OtherPaced + plan.OtherThroughput);
        var ofServed = plan.Paced + plan.Cold + plan.AtRandom + plan.Bursts + plan.Throughput;
        Assert.Equal(duration.TotalSeconds, (plan.ClosedLoop + ofServed + ofOthers).TotalSeconds, 1e-3);
        Assert.True(ofServed > 2 * ofOthers);
        Assert.True(plan.ClosedLoop > duration * 0.15);
    }

    [Fact]
    public void Of_AVerdict_HasTheRequestsThatItNeeds() =>
        Assert.InRange(
            Arrivals.Paced(Arrivals.PacedMs, TimePlan.Of(TimeSpan.FromSeconds(20), isJudged: true, others: 1).Paced).Length, 368, 500);

    [Fact]
    public void Of_OneSecondAndManyPrecisions_StillPacesEachOfThem() =>
        Assert.NotEmpty(Arrivals.Paced(Arrivals.PacedMs, TimePlan.Of(TimeSpan.FromSeconds(1), isJudged: false, others: 10).OtherPaced));
}
