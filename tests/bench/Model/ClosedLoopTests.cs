using Edge.Bench.Machine;
using Edge.Bench.Model;

namespace Edge.Bench.Tests.Model;

public sealed class ClosedLoopTests
{
    [Theory]
    [InlineData(true, 1.0, 1.0, 1.01, 1.01, 1.0, 1.0, 1.01, 1.0, 1.0, 1.01, 1.0, 1.0)]
    [InlineData(false, 1.0, 2.0, 1.0, 2.0, 1.0, 2.0, 1.0, 2.0, 1.0, 2.0, 1.0, 2.0)]
    public void AreSettled_MediansOfRounds_AskHowWellTheirMiddleIsKnown(bool expected, params double[] rounds) =>
    Assert.Equal(expected, ClosedLoop.AreSettled([Times(rounds)]));

    [Fact]
    public void AreSettled_OneCaseOfTwo_IsNotEnough() =>
    Assert.False(ClosedLoop.AreSettled([Times([1, 1, 1, 1, 1, 1]), Times([1, 2, 3, 1, 2, 3])]));

    [Theory]
    [InlineData(3, false)] // of so few no interval has 95 %, however alike they are
    [InlineData(5, false)]
    [InlineData(6, true)]
    public void AreSettled_FewEqualRounds_NeedsSix(int rounds, bool expected) =>
    Assert.Equal(expected, ClosedLoop.AreSettled([Times([.. Enumerable.Repeat(1.0, rounds)])]));

    [Fact]
    public void Run_NoTimeAtAll_StillTakesThreeRoundsOfEveryCase()
    {
        var times = Run(TimeSpan.Zero, item => [item.What == "a" ? 1 : 1000]);

        Assert.Equal([3, 3], times.Select(item => item.Rounds.Count));
    }

    [Fact]
    public void Run_SteadyCases_EndsWhenTheirMediansAreKnown()
    {
        var times = Run(TimeSpan.FromMinutes(1), _ => [5, 5, 6]);

        Assert.Equal([12, 12], times.Select(item => item.Rounds.Count));
        Assert.True(ClosedLoop.AreSettled(times));
    }

    [Fact]
    public void Run_OneCaseThatTakesLong_LeavesTheOthersTheirTime()
    {
        var times = Run(TimeSpan.FromMinutes(1), item => [item.What == "a" ? 25 : 200]);

        Assert.Equal([21, 6], times.Select(item => item.Rounds.Count)); // 21 rounds of 50 ms at most
    }

    private static IReadOnlyList<CaseTimes> Run(TimeSpan limit, Func<BenchCase, IReadOnlyList<double>> turn) =>
        ClosedLoop.Run([Case("a"), Case("b")], limit, new BoxWatch(), turn);

    private static BenchCase Case(string what) => new(what, "int8", 8, 10, () => { });

    private static CaseTimes Times(double[] rounds)
    {
        var times = new CaseTimes(Case("a"));
        times.Rounds.AddRange(rounds);
        return times;
    }
}
