using Edge.Appliance.Configuration;
using Edge.Appliance.Health;
using Edge.Appliance.Mqtt;
using Edge.Appliance.Tests.Support;

namespace Edge.Appliance.Tests.Mqtt;

public sealed class MqttPartsTests
{
    [Fact]
    public void ReconnectDelay_DoublesUpToTheMaximum_ShortenedByUpToHalf()
    {
        var delay = new ReconnectDelay(TimeSpan.FromSeconds(2), new Random(1));
        foreach (var full in new[] { 250, 500, 1000, 2000, 2000, 2000 })
            Assert.InRange(delay.Next().TotalMilliseconds, full / 2.0, full);

        delay.Reset();
        Assert.InRange(delay.Next().TotalMilliseconds, 125, 250);
        for (var i = 0; i < 5000; i++)
            Assert.InRange(delay.Next(), TimeSpan.FromMilliseconds(125), TimeSpan.FromSeconds(2));
    }

    [Theory]
    [InlineData("edge/utterance/1", "1")]
    [InlineData("edge/utterance/", "")]
    [InlineData("edge/utterance/a/b", null)]
    [InlineData("edge/analysis/1", null)]
    public void Line_IsTheLastLevel(string topic, string? line) =>
        Assert.Equal(line, Topics.TryGetLine(topic, out var found) ? found : null);

    [Theory]
    [InlineData("answers/1", true)]
    [InlineData("edge/analysis/1", true)]
    [InlineData("answers/+", false)]
    [InlineData("#", false)]
    [InlineData("", false)]
    [InlineData("$share/a/b", false)]
    [InlineData("edge/utterance/1", false)]
    [InlineData("a\u0001", false)]
    [InlineData("a\u0085", false)]
    [InlineData("a\uffff", false)]
    [InlineData("a\ufdd0", false)]
    [InlineData("a/回答", true)]
    public void ResponseTopic_IsChecked(string topic, bool isAllowed) => Assert.Equal(isAllowed, Topics.IsResponseTopic(topic));

    [Fact]
    public void ResponseTopic_LevelsAndBytes_AreBounded()
    {
        Assert.True(Topics.IsResponseTopic("a" + string.Concat(Enumerable.Repeat("/a", 199))));
        Assert.False(Topics.IsResponseTopic("a" + string.Concat(Enumerable.Repeat("/a", 200))));
        Assert.True(Topics.IsResponseTopic(new string('a', 65_535)));
        Assert.False(Topics.IsResponseTopic(new string('长', 21_846)));
    }

    [Fact]
    public void Options_AskForAPersistentSessionWithABound()
    {
        var options =
            new ClientOptionsFactory(new ApplianceOptions { Host = "box", Analysis = new AnalysisOptions { QueueCapacity = 17 } }).Create();

        Assert.Equal("edge-box", options.ClientId);
        Assert.False(options.CleanSession);
        Assert.Equal(86_400u, options.SessionExpiryInterval);
        Assert.Equal(17, options.ReceiveMaximum);
        Assert.Equal("edge/status/box", options.WillTopic);
        Assert.True(options.WillRetain);
    }

    [Fact]
    public async Task InFlight_BoundsCountsAndSignalsIdle()
    {
        using var inFlight = new InFlightMessages(new AnalysisOptions { QueueCapacity = 1 }, TimeProvider.System);
        Assert.True(inFlight.WhenIdleAsync().IsCompleted);
        var first = await inFlight.EnterAsync(TestContext.Current.CancellationToken);
        var second = inFlight.EnterAsync(TestContext.Current.CancellationToken);
        var idle = inFlight.WhenIdleAsync();
        Assert.False(second.IsCompleted || idle.IsCompleted);

        inFlight.Leave(first);
        inFlight.Leave(await second);
        await inFlight.WhenIdleAsync();
        Assert.Equal((0, 1), (inFlight.Count, inFlight.Highest));
    }

    [Fact]
    public void InFlight_Qos0_IsBoundedAndTakesNoSlotOfQos1()
    {
        using var inFlight = new InFlightMessages(new AnalysisOptions { QueueCapacity = 1 }, TimeProvider.System);
        Assert.NotNull(inFlight.TryEnter());
        Assert.Null(inFlight.TryEnter());

        Assert.True(inFlight.EnterAsync(TestContext.Current.CancellationToken).IsCompleted);
    }

    [Fact]
    public async Task Progress_OldMessage_IsAProblemUntilItEnds()
    {
        var clock = new ManualClock();
        var health = new HealthState(clock);
        using var inFlight = new InFlightMessages(new AnalysisOptions(), clock);
        using var monitor = new ProgressMonitor(inFlight, health, clock);
        var slot = await inFlight.EnterAsync(TestContext.Current.CancellationToken);
        monitor.Look();
        Assert.Null(health.ProgressProblem);

        clock.Advance(ProgressMonitor.Longest);
        monitor.Look();
        Assert.Equal("of 1 messages in flight the oldest waits 30s; none was acknowledged yet", health.ProgressProblem);
        Assert.Equal("messages-stuck", Assert.Single(health.Warnings).Code);

        inFlight.Finished();
        inFlight.Leave(slot);
        monitor.Look();
        Assert.Null(health.ProgressProblem);
        Assert.Empty(health.Warnings);
    }

    [Fact]
    public void Warning_OfAnEvent_EndsWhenItDoesNotHappenAgain()
    {
        var clock = new ManualClock();
        var health = new HealthState(clock);
        health.WarnOfEvent("event", HealthSeverity.Warning, "text", "remedy");
        health.Warn("state", HealthSeverity.Warning, "text", "remedy");
        clock.Advance(HealthState.EventLasts / 2);
        health.WarnOfEvent("event", HealthSeverity.Warning, "text", "remedy");
        clock.Advance(HealthState.EventLasts / 2);
        Assert.Equal(["event", "state"], health.Warnings.Select(warning => warning.Code));

        clock.Advance(HealthState.EventLasts / 2);
        Assert.Equal(["state"], health.Warnings.Select(warning => warning.Code));
    }
}
