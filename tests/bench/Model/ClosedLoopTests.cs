using Edge.Bench.Machine;
using Edge.Bench.Model;

namespace Edge.Bench.Tests.Model;

public sealed class ClosedLoopTests
{
    [Theory]
    [InlineData(true, 1.0, 1.0, 1.01, 1.01, 1.0, 1.0, 1.01, 1.0, 1.0, 1.01, 1.0, 1.0)]
    [InlineData(false, 1.0, 2.0, 1.0, 2.0, 1.0, 2.0, 1.0, 2.0, 1.0, 2.0, 1.0, 2.0)]
    public void AreSettled_MediansOfRounds_AskHowWellTheirMiddleIsKnown(bool expected, params double[] rounds) => Assert.Equal(expected, ClosedLoop.AreSettled([Times(rounds)]));

    [Fact]
    public void AreSettled_OneCaseOfTwo_IsNotEnough() => Assert.False(ClosedLoop.AreSettled([Times([1, 1, 1]), Times([1, 2, 3])]));

    [Fact]
    public void Run_NoTimeAtAll_StillTakesThreeRoundsOfEveryCase()
    {
        var times = ClosedLoop.Run([Waiting("a"), Waiting("b")], TimeSpan.Zero, new BoxWatch());

        Assert.Equal([3, 3], times.Select(item => item.Rounds.Count));
        Assert.All(times, item => Assert.True(item.Milliseconds.Count >= item.Rounds.Count));
    }

    [Fact]
    public void Run_SteadyCase_EndsWhenItsMedianIsKnown()
    {
        var times = ClosedLoop.Run([Waiting("a")], TimeSpan.FromMinutes(1), new BoxWatch());

        Assert.InRange(times[0].Rounds.Count, 12, 1000); // a minute is 2,400 turns
        Assert.True(ClosedLoop.AreSettled(times));
    }

    // Waits and does not work, so that other programs hardly disturb it.
    private static BenchCase Waiting(string what) => new(what, "int8", 8, 10, () => Thread.Sleep(10));

    private static CaseTimes Times(double[] rounds)
    {
        var times = new CaseTimes(Waiting("a"));
        times.Rounds.AddRange(rounds);
        return times;
    }
}
