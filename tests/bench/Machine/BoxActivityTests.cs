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
    public void TooNoisyFor_SeveralDisturbances_NamesAll() => Assert.Equal(
        "The box is too noisy for ratios within 2 %: other programs use 30 % of the processors; end them; "
        + "the host of this virtual machine takes 10 % of their time away (steal); give it processors of its own.",
        new BoxActivity(0.1, 0.3, 3600, 3600).TooNoisyFor("ratios within 2 %"));

    [Fact]
    public void TooNoisyFor_NothingToBeSeen_SaysToMeasureLonger() => Assert.Equal(
        "The box is too noisy for x: nothing of what disturbs it can be seen from here; measure longer (--seconds).",
        new BoxActivity(0, 0, 0, 0).TooNoisyFor("x"));

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
