using Edge.Appliance.Answering;
using Edge.Appliance.Configuration;

namespace Edge.Appliance.Tests.Answering;

public sealed class AnswerCacheTests
{
    private int _created;

    [Fact]
    public async Task SameId_WhileInWork_WaitsForTheOneAnswer()
    {
        var cache = new AnswerCache(new AnalysisOptions());
        var work = new TaskCompletionSource<Answer>();
        var first = cache.GetOrCreate("1", "a", "text", () => work.Task);
        var second = cache.GetOrCreate("1", "a", "text", Create);
        Assert.True(second.IsKnown);
        Assert.False(second.Answer.IsCompleted);

        work.SetResult(new Answer([1], Task.CompletedTask));

        Assert.Same(await first.Answer, await second.Answer);
        Assert.Equal(0, _created);
    }

    [Fact]
    public async Task OtherLineOrNoId_IsAnotherUtterance()
    {
        var cache = new AnswerCache(new AnalysisOptions());
        await cache.GetOrCreate("1", "a", "text", Create).Answer;
        Assert.False(cache.GetOrCreate("2", "a", "text", Create).IsKnown);
        Assert.False(cache.GetOrCreate("1", null, "text", Create).IsKnown);
        Assert.False(cache.GetOrCreate("1", null, "text", Create).IsKnown);
        Assert.Equal(4, _created);
        Assert.Equal(2, cache.Count);
    }

    [Fact]
    public async Task LeastRecentlyUsed_IsForgottenFirst()
    {
        var cache = new AnswerCache(new AnalysisOptions { RememberedAnswers = 2 });
        await cache.GetOrCreate("1", "a", "text", Create).Answer;
        await cache.GetOrCreate("1", "b", "text", Create).Answer;
        Assert.True(cache.GetOrCreate("1", "a", "text", Create).IsKnown);
        await cache.GetOrCreate("1", "c", "text", Create).Answer;

        Assert.True(cache.GetOrCreate("1", "a", "text", Create).IsKnown);
        Assert.False(cache.GetOrCreate("1", "b", "text", Create).IsKnown);
        Assert.Equal(2, cache.Count);
    }

    [Fact]
    public async Task Failure_IsNotRemembered()
    {
        var cache = new AnswerCache(new AnalysisOptions());
        await Assert.ThrowsAsync<InvalidOperationException>(
            () => cache.GetOrCreate("1", "a", "text", () => Task.FromException<Answer>(new InvalidOperationException())).Answer);

        Assert.False(cache.GetOrCreate("1", "a", "text", Create).IsKnown);
    }

    [Fact]
    public async Task NothingToRemember_StillSharesWhatIsInWork()
    {
        var cache = new AnswerCache(new AnalysisOptions { RememberedAnswers = 0 });
        await cache.GetOrCreate("1", "a", "text", Create).Answer;

        Assert.Equal(0, cache.Count);
        Assert.False(cache.GetOrCreate("1", "a", "text", Create).IsKnown);
    }

    [Fact]
    public async Task OtherText_IsNoticed()
    {
        var cache = new AnswerCache(new AnalysisOptions());
        await cache.GetOrCreate("1", "a", "text", Create).Answer;

        Assert.False(cache.GetOrCreate("1", "a", "text", Create).IsOtherText);
        Assert.True(cache.GetOrCreate("1", "a", "another", Create).IsOtherText);
    }

    [Fact]
    public async Task Memory_IsBounded()
    {
        var cache = new AnswerCache(new AnalysisOptions { RememberedMegabytes = 1 });
        for (var i = 0; i < 100; i++)
            await cache.GetOrCreate("1", $"{i}", "text", () => Task.FromResult(new Answer(new byte[100_000], Task.CompletedTask))).Answer;

        Assert.Equal(9, cache.Count);
        Assert.True(cache.GetOrCreate("1", "99", "text", Create).IsKnown);
        Assert.False(cache.GetOrCreate("1", "0", "text", Create).IsKnown);
    }

    private Task<Answer> Create()
    {
        _created++;
        return Task.FromResult(new Answer([], Task.CompletedTask));
    }
}
