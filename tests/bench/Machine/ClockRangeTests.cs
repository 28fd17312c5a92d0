using Edge.Bench.Machine;

namespace Edge.Bench.Tests.Machine;

public sealed class ClockRangeTests
{
    [Fact]
    public void Add_IdleProcessorsBesideOneThatWorks_IsASteadyClock()
    {
        var range = Range([3600, 800, 1200], [800, 3590, 800]);

        Assert.Equal((3590, 3600), (range.Lowest, range.Highest));
        Assert.Empty(new BoxActivity(0, 0, range.Lowest, range.Highest).Disturbances());
    }

    [Fact]
    public void Add_AllProcessorsSlower_IsAClockThatMoves()
    {
        var range = Range([3600, 3600], [2000, 1900]);

        Assert.Contains("moves between 2000 and 3600 MHz", Assert.Single(new BoxActivity(0, 0, range.Lowest, range.Highest).Disturbances()),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Add_BoxThatDoesNotSay_IsNothing()
    {
        var range = Range([], [0, 0]);

        Assert.Equal((0, 0), (range.Lowest, range.Highest));
    }

    private static ClockRange Range(params double[][] looks)
    {
        var range = new ClockRange();
        foreach (var look in looks)
            range.Add(look);
        return range;
    }
}
