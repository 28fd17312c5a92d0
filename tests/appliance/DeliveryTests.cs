using Edge.Appliance.Tests.Support;
using Edge.Tests.Support;
using MQTTnet.Protocol;

namespace Edge.Appliance.Tests;

/// <summary>Nothing is lost, whatever goes away in between.</summary>
public sealed class DeliveryTests(SharedBundles bundles) : IAsyncLifetime
{
    // A broker that restarts must keep sessions.
    private const string Persistent = "persistence true\npersistence_location {folder}/\nautosave_interval 1\nautosave_on_changes true\n";

    // Messages wait for their cases as long as a test needs.
    private static readonly string[] PatientWithStore = ["UncertainCases:StoreTimeout=5m"];

    private readonly TestFolder _folder = new();
    private MosquittoBroker _broker = null!;

    private string Store => _folder["uncertain.db"];

    public async ValueTask InitializeAsync() => _broker = await MosquittoBroker.StartAsync(Persistent);

    public async ValueTask DisposeAsync()
    {
        await _broker.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task KillBeforeTheCaseIsStored_IsDeliveredAndAnsweredAgain_AndStoredOnce()
    {
        await using var caller = await Caller.ConnectAsync(_broker.Port);
        await using (var first = await ApplianceProcess.ServeAsync(bundles.Uncertain, _broker.Port, Store, PatientWithStore))
        {
            await caller.WaitUntilOnlineAsync();
            using var locked = Database.Lock(Store);
            await caller.SayAsync("""{"id":"c-1","text":"我的手机号是13812345678"}""");
            await caller.HearAsync("edge/analysis/1"); // answered, not stored, so not acknowledged
            await first.KillAsync();
        }
        Assert.Empty(Database.Query(Store, "SELECT * FROM uncertain_case"));

        await using var second = await ApplianceProcess.ServeAsync(bundles.Uncertain, _broker.Port, Store);
        Assert.Equal("c-1", (await caller.HearJsonAsync("edge/analysis/1")).GetProperty("id").GetString());
        await StopAsync(second);
        Assert.Equal(["1|c-1"], Database.Query(Store, "SELECT line, utterance_id FROM uncertain_case"));
    }

    [Fact]
    public async Task KillInTheMiddleOfAFlood_LosesNothing()
    {
        const int count = 300;
        await using var caller = await Caller.ConnectAsync(_broker.Port);
        var first = await ApplianceProcess.ServeAsync(bundles.Certain, _broker.Port, Store);
        await caller.WaitUntilOnlineAsync();
        var said = Task.WhenAll(Enumerable.Range(0, count).Select(i => caller.SayAsync($$"""{"id":"c-{{i}}","text":"订单{{i}}在哪里"}""")));
        var answered = new HashSet<string> { (await caller.HearJsonAsync("edge/analysis/")).GetProperty("id").GetString()! };
        await first.KillAsync();
        await first.DisposeAsync();
        await said;

        await using var second = await ApplianceProcess.ServeAsync(bundles.Certain, _broker.Port, Store);
        while (answered.Count < count)
            answered.Add((await caller.HearJsonAsync("edge/analysis/")).GetProperty("id").GetString()!);
    }

    [Fact]
    public async Task UtterancesWhileTheApplianceIsAway_AreAnsweredWhenItComesBack()
    {
        await using var caller = await Caller.ConnectAsync(_broker.Port);
        await using (var first = await ApplianceProcess.ServeAsync(bundles.Certain, _broker.Port, Store))
        {
            await caller.WaitUntilOnlineAsync();
            await StopAsync(first);
        }
        await caller.SayAsync("""{"id":"while-away","text":"你好"}""");

        await using var second = await ApplianceProcess.ServeAsync(bundles.Certain, _broker.Port, Store);
        Assert.Equal("while-away", (await caller.HearJsonAsync("edge/analysis/1")).GetProperty("id").GetString());
    }

    [Fact]
    public async Task PackagedBrokerSettings_KeepWhatIsSaidWhileTheApplianceIsAway()
    {
        const int count = 1_500; // mosquitto's default keeps 1000
        await using var broker = await MosquittoBroker.StartAsync(
            await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "edge.conf"), TestContext.Current.CancellationToken)
            + "\npersistence_location {folder}/\n");
        await using var caller = await Caller.ConnectAsync(broker.Port);
        await using (var first = await ApplianceProcess.ServeAsync(bundles.Certain, broker.Port, Store))
        {
            await caller.WaitUntilOnlineAsync();
            await StopAsync(first);
        }
        await Task.WhenAll(Enumerable.Range(0, count).Select(i => caller.SayAsync($$"""{"id":"c-{{i}}","text":"订单{{i}}在哪里"}""")));

        await using var second = await ApplianceProcess.ServeAsync(bundles.Certain, broker.Port, Store);
        var answered = new HashSet<string>();
        while (answered.Count < count)
            answered.Add((await caller.HearJsonAsync("edge/analysis/")).GetProperty("id").GetString()!);
    }

    [Fact]
    public async Task BrokerThatIsNotThere_IsSaidOnReadyz_AndConnectedToWhenItComes()
    {
        await _broker.KillAsync();
        await using var appliance = await ApplianceProcess.ServeAsync(bundles.Certain, _broker.Port, Store);
        await appliance.WaitForLineAsync("Not connected to the broker");
        var (status, body) = await appliance.GetReadinessAsync();
        Assert.Equal(503, status);
        Assert.False(body.GetProperty("checks").GetProperty("broker").GetProperty("ok").GetBoolean());
        Assert.Contains(
            "refused", body.GetProperty("checks").GetProperty("broker").GetProperty("reason").GetString(), StringComparison.Ordinal);
        Assert.Equal("broker-unreachable", body.GetProperty("warnings")[0].GetProperty("code").GetString());

        await _broker.RestartAsync();
        await using var caller = await Caller.ConnectAsync(_broker.Port);
        await caller.WaitUntilOnlineAsync();
        await caller.SayAsync("你好");
        await caller.HearAsync("edge/analysis/1");
        Assert.Equal(200, (await appliance.GetReadinessAsync()).Status);
    }

    [Fact]
    public async Task BrokerRestart_IsSurvived()
    {
        await using var appliance = await ApplianceProcess.ServeAsync(bundles.Certain, _broker.Port, Store);
        await appliance.WaitForLineAsync("Connected to the broker");
        await _broker.RestartAsync();
        await appliance.WaitForLineAsync("Connection to the broker lost");

        await using var caller = await Caller.ConnectAsync(_broker.Port);
        await caller.SayAsync("你好");
        await caller.HearAsync("edge/analysis/1");
    }

    [Fact]
    public async Task LockedStore_StopsNoAnswer_SaysSo_AndStoresEveryCaseWhenItCan()
    {
        const int count = 600; // more than may be unacknowledged
        await using var caller = await Caller.ConnectAsync(_broker.Port);
        await using var appliance =
            await ApplianceProcess.ServeAsync(bundles.Uncertain, _broker.Port, Store, ["UncertainCases:StoreTimeout=200ms"]);
        await caller.WaitUntilOnlineAsync();
        using (Database.Lock(Store))
        {
            await SayAndHearAsync(caller, count);
            await appliance.WaitForLineAsync("cannot be written");
            await Condition.BecomesTrueAsync(async () => await appliance.GetMetricAsync("edge_messages_in_flight") == 0);
            var (status, body) = await appliance.GetReadinessAsync();
            Assert.Equal(503, status);
            Assert.False(body.GetProperty("checks").GetProperty("store").GetProperty("ok").GetBoolean());
        }
        await appliance.WaitForLineAsync("can be written again");
        await StopAsync(appliance);
        Assert.Equal([$"{count}"], Database.Query(Store, "SELECT COUNT(*) FROM uncertain_case"));
    }

    [Fact]
    public async Task StoreThatFailsForLong_KeepsWhatItsMemoryHolds_AndDropsTheRestWithAWarning()
    {
        const int count = 600;
        await using var caller = await Caller.ConnectAsync(_broker.Port);
        await using var appliance = await ApplianceProcess.ServeAsync(bundles.Uncertain, _broker.Port, Store,
            ["UncertainCases:StoreTimeout=200ms", "UncertainCases:WaitingMegabytes=1"]);
        await caller.WaitUntilOnlineAsync();
        using (Database.Lock(Store))
        {
            await SayAndHearAsync(caller, count);
            await Condition.BecomesTrueAsync(async () => await appliance.GetMetricAsync("edge_messages_in_flight") == 0);
            Assert.Contains("cases-dropped", await appliance.GetWarningsAsync());
            Assert.InRange(await appliance.GetMetricAsync("edge_uncertain_cases_waiting_bytes"), 500_000, 1_000_000);
        }
        await appliance.WaitForLineAsync("can be written again");
        var dropped = await appliance.GetMetricAsync("edge_uncertain_cases_dropped_total");
        await StopAsync(appliance);
        Assert.InRange(dropped, 1, count - 1);
        Assert.Equal([$"{count - dropped}"], Database.Query(Store, "SELECT COUNT(*) FROM uncertain_case"));
    }

    [Fact]
    public async Task ReceiveMaximum_BoundsWhatIsInFlight()
    {
        const int count = 60;
        await using var caller = await Caller.ConnectAsync(_broker.Port);
        await using var appliance = await ApplianceProcess.ServeAsync(
            bundles.Uncertain, _broker.Port, Store, [.. PatientWithStore, "Analysis:QueueCapacity=4"]);
        await caller.WaitUntilOnlineAsync();
        using (Database.Lock(Store))
        {
            await Task.WhenAll(Enumerable.Range(0, count).Select(i => caller.SayAsync($$"""{"id":"c-{{i}}","text":"你好"}""")));
            for (var i = 0; i < 4; i++)
                await caller.HearAsync("edge/analysis/1");
            Assert.Equal(4, await appliance.GetMetricAsync("edge_messages_in_flight"));
        }
        for (var i = 4; i < count; i++)
            await caller.HearAsync("edge/analysis/1");
        Assert.Equal(4, await appliance.GetMetricAsync("edge_messages_in_flight_max"));
    }

    [Fact]
    public async Task Qos0_BehindAMessageThatWaits_IsDroppedAndCounted_AndPilesUpNowhere()
    {
        const int count = 500;
        await using var caller = await Caller.ConnectAsync(_broker.Port);
        await using var appliance = await ApplianceProcess.ServeAsync(
            bundles.Uncertain, _broker.Port, Store, [.. PatientWithStore, "Analysis:QueueCapacity=4"]);
        await caller.WaitUntilOnlineAsync();
        using (Database.Lock(Store))
        {
            for (var i = 0; i < 4; i++)
                await caller.SayAsync("你好");
            for (var i = 0; i < 4; i++)
                await caller.HearAsync("edge/analysis/1");
            for (var i = 0; i < count; i++)
            {
                await caller.SayAsync("你好"u8.ToArray(), "0", message => message
                    .WithQualityOfServiceLevel(MqttQualityOfServiceLevel.AtMostOnce));
            }
            // Every one is taken or dropped at once, though the four before them wait.
            await Condition.BecomesTrueAsync(
                async () => await appliance.GetMetricAsync("edge_errors_total{code=\"overloaded\"}") == count - 4);
            Assert.Equal(8, await appliance.GetMetricAsync("edge_messages_in_flight_max"));
        }
        await Condition.BecomesTrueAsync(async () => await appliance.GetMetricAsync("edge_messages_in_flight") == 0);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Stop_DrainsSaysOfflineAndExitsWithZero(bool isTerminate)
    {
        await using var caller = await Caller.ConnectAsync(_broker.Port);
        await using var appliance = await ApplianceProcess.ServeAsync(bundles.Uncertain, _broker.Port, Store, PatientWithStore);
        await caller.WaitUntilOnlineAsync();
        var locked = Database.Lock(Store);
        await caller.SayAsync("""{"id":"c-1","text":"我要退款"}""");
        await caller.HearAsync("edge/analysis/1");

        if (isTerminate)
            appliance.Terminate();
        else
            appliance.Interrupt();
        await appliance.WaitForLineAsync("Stopping: 1 messages in flight");
        locked.Dispose();

        Assert.Equal(0, await appliance.WaitForExitAsync());
        Assert.Contains("Drained", appliance.Output, StringComparison.Ordinal);
        await caller.WaitUntilOnlineAsync("offline");
        Assert.Single(Database.Query(Store, "SELECT * FROM uncertain_case"));
        // Acknowledged: a new start gets nothing again.
        await using var second = await ApplianceProcess.ServeAsync(bundles.Uncertain, _broker.Port, Store);
        await caller.WaitUntilOnlineAsync();
        await caller.SayAsync("""{"id":"c-2","text":"你好"}""");
        Assert.Equal("c-2", (await caller.HearJsonAsync("edge/analysis/1")).GetProperty("id").GetString());
    }

    [Fact]
    public async Task SharedGroup_SharesTheUtterances()
    {
        await using var caller = await Caller.ConnectAsync(_broker.Port);
        await using var one =
            await ApplianceProcess.ServeAsync(bundles.Certain, _broker.Port, Store, ["Mqtt:SharedGroup=edge", "Host=one"]);
        await using var two =
            await ApplianceProcess.ServeAsync(bundles.Certain, _broker.Port, _folder["two.db"], ["Mqtt:SharedGroup=edge", "Host=two"]);
        await caller.WaitUntilOnlineAsync();
        await caller.WaitUntilOnlineAsync();
        for (var i = 0; i < 10; i++)
        {
            await caller.SayAsync("你好");
            await caller.HearAsync("edge/analysis/1");
        }

        var counts = new[] { await one.GetMetricAsync("edge_answers_total"), await two.GetMetricAsync("edge_answers_total") };
        Assert.Equal(10, counts.Sum());
        Assert.All(counts, count => Assert.True(count > 0));
    }

    private static async Task SayAndHearAsync(Caller caller, int count)
    {
        var said = Task.WhenAll(Enumerable.Range(0, count).Select(i => caller.SayAsync($$"""{"id":"c-{{i}}","text":"订单{{i}}在哪里"}""")));
        var answered = new HashSet<string>();
        while (answered.Count < count)
            answered.Add((await caller.HearJsonAsync("edge/analysis/")).GetProperty("id").GetString()!);
        await said;
    }

    private static async Task StopAsync(ApplianceProcess appliance)
    {
        appliance.Terminate();
        Assert.Equal(0, await appliance.WaitForExitAsync());
    }
}
