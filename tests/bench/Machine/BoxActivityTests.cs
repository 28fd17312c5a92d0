using Edge.Bench.Machine;

namespace Edge.Bench.Tests.Machine;

public sealed class BoxActivityTests
{
    [Fact]
    public void Disturbances_QuietBox_AreNone() => Assert.Empty(new BoxActivity(0.001, 0.01, 2500, 2600).Disturbances());

    [Fact]
    public void Disturbances_EachOfThem_IsNamedWithWhatToDo()
    {
        var found = new BoxActivity(0.1, 0.3, 1200, 3600).Disturbances();

        Assert.Equal(3, found.Count);
        Assert.Contains("other programs use 30 %", found[0], StringComparison.Ordinal);
        Assert.Contains("takes 10 % of their time away (steal)", found[1], StringComparison.Ordinal);
        Assert.Contains("between 1200 and 3600 MHz; set the governor", found[2], StringComparison.Ordinal);
    }

    [Fact]
    public void Activity_WorkOfTheMeasurement_IsNotOthers()
    {
        var watch = new BoxWatch();
        for (var until = DateTime.UtcNow.AddMilliseconds(100); DateTime.UtcNow < until;)
            Thread.SpinWait(1000);

        Assert.InRange(watch.Activity().OthersShare, 0, 1);
        Assert.Equal(0, watch.Activity(ofChildren: TimeSpan.FromHours(1)).OthersShare);
    }
}
