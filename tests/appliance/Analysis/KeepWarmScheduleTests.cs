using Edge.Appliance.Analysis;

namespace Edge.Appliance.Tests.Analysis;

public sealed class KeepWarmScheduleTests
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(5);

    private readonly KeepWarmSchedule _schedule = new(Interval);

    [Fact]
    public void Tick_NobodySpokeYet_WaitsAndLooksOnceASecond()
    {
        Assert.DoesNotContain(true, Ticks(utterances: 0, count: 100));
        Assert.Equal(KeepWarmSchedule.IdlePeriod, _schedule.Period);
    }

    [Fact]
    public void Tick_SomebodySpoke_RunsForAMinuteAndNoLonger()
    {
        var ran = Ticks(utterances: 1, count: 100_000);

        Assert.False(ran[0]); // the utterance itself has warmed it
        Assert.Equal(Enumerable.Repeat(true, 11_999), ran.Skip(1).TakeWhile(ran => ran)); // less than a minute of 5 ms each
        Assert.DoesNotContain(true, ran.Skip(12_000));
        Assert.Equal(KeepWarmSchedule.IdlePeriod, _schedule.Period);
    }

    [Fact]
    public void Tick_SomebodySpeaksAgain_TheMinuteBeginsAnew()
    {
        Ticks(utterances: 1, count: 11_999);

        Assert.Equal(11_998, Ticks(utterances: 2, count: 11_999).Count(ran => ran));
        Assert.Equal(Interval, _schedule.Period);
    }

    private bool[] Ticks(long utterances, int count) => [.. Enumerable.Range(0, count).Select(_ => _schedule.Tick(utterances))];
}
