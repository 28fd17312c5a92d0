using Edge.Bench.Model;

namespace Edge.Bench.Tests.Model;

public sealed class OpenLoopTests
{
    [Fact]
    public void Run_OneSlowRequest_DelaysThoseThatWereDueBehindIt()
    {
        // Due 1 ms apart; the first takes 30 ms. A loop that counted from when it got to a request would see one slow time of five.
        var isFirst = true;
        var times = OpenLoop.Run([1, 2, 3, 4, 5], [() => Thread.Sleep(Interlocked.Exchange(ref isFirst, false) ? 30 : 0)]);

        Assert.All(times, (time, i) => Assert.InRange(time, 30 - i, 10_000));
    }

    [Fact]
    public void Run_SeveralWorkers_AnswersEveryRequestOnce()
    {
        var answered = 0;
        var times = OpenLoop.Run(Arrivals.Poisson(100_000, TimeSpan.FromMilliseconds(10), seed: 1),
            [.. Enumerable.Repeat(() => { Interlocked.Increment(ref answered); }, 3)]);

        Assert.Equal(times.Length, answered);
        Assert.All(times, time => Assert.InRange(time, 0, 10_000)); // 0: answered within the clock's resolution
    }

    [Fact]
    public void Run_KeptWarm_RunsBetweenRequestsAndNeverInsteadOfOne()
    {
        var order = new List<string>();
        OpenLoop.Run([30, 31], [() => order.Add("request")], new KeptWarm(TimeSpan.FromMilliseconds(5), () => order.Add("warm")));

        // 5 of them where nothing is late. The second request is due too soon for another.
        Assert.InRange(order.Count(item => item == "warm"), 1, 5);
        Assert.Equal(["request", "request"], order.SkipWhile(item => item == "warm"));
    }

    [Fact]
    public void Run_KeptWarmNever_OnlyAnswers()
    {
        var warm = 0;
        var times = OpenLoop.Run([5, 10], [() => { }], new KeptWarm(TimeSpan.Zero, () => warm++));

        Assert.Equal((2, 0), (times.Length, warm));
    }

    [Fact]
    public void Poisson_Gaps_HaveTheMeanAndSpreadOfIndependentCallers()
    {
        var due = Arrivals.Poisson(1000, TimeSpan.FromSeconds(20), seed: 7);
        double[] gaps = [.. due.Zip(due.Skip(1), (first, second) => second - first)];

        Assert.InRange(due.Length, 19_500, 20_500);
        Assert.InRange(gaps.Average(), 0.97, 1.03);
        Assert.InRange(gaps.Average(gap => gap * gap) / (gaps.Average() * gaps.Average()), 1.9, 2.1); // 2 for exponential gaps
    }

    [Fact]
    public void Bursts_OfEight_ComeTogetherAtTheSameMeanRate()
    {
        var due = Arrivals.Bursts(1000, 8, TimeSpan.FromSeconds(20), seed: 7);

        Assert.InRange(due.Length, 18_500, 21_500);
        Assert.All(due.Chunk(8), group => Assert.Single(group.Distinct()));
        Assert.Equal(due.Order(), due);
    }

    [Fact]
    public void Arrivals_ShortTimeAndLowRate_AreNeverNone()
    {
        var (tenth, second) = (TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(1));
        for (var seed = 1; seed <= 20; seed++)
        {
            Assert.InRange(Arrivals.Bursts(10, 8, tenth, seed).Length, 8, 32);
            Assert.All(Arrivals.Bursts(10, 8, tenth, seed), due => Assert.InRange(due, 0, 100));
            Assert.InRange(Arrivals.Poisson(0.1, second, seed).Length, 1, 4);
            Assert.All(Arrivals.Poisson(0.1, second, seed), due => Assert.InRange(due, 0, 1000));
        }
        Assert.Equal([20], Arrivals.Paced(20, TimeSpan.FromMilliseconds(1)));
    }

    [Fact]
    public void Paced_OneEachInterval_IsEven() => Assert.Equal([20, 40, 60, 80, 100], Arrivals.Paced(20, TimeSpan.FromMilliseconds(100)));
}
