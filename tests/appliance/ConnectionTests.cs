using Edge.Appliance.Tests.Support;
using Edge.Tests.Support;

namespace Edge.Appliance.Tests;

/// <summary>Connections that look well and are not.</summary>
public sealed class ConnectionTests(SharedBundles bundles) : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task TwoAppliancesWithOneClientId_AreWarnedOf_UntilOneIsLeft()
    {
        await using var broker = await MosquittoBroker.StartAsync();
        await using var one = await ServeAsync(broker.Port, "Mqtt:ClientId=same", "Host=one");
        await using (var two = await ServeAsync(broker.Port, "Mqtt:ClientId=same", "Host=two"))
        {
            await Condition.BecomesTrueAsync(async () => (await one.GetWarningsAsync()).Contains("client-id-shared"));
            await Condition.BecomesTrueAsync(async () => (await two.GetWarningsAsync()).Contains("client-id-shared"));
        }
        await Condition.BecomesTrueAsync(async () => !(await one.GetWarningsAsync()).Contains("client-id-shared"));
        Assert.Equal(200, (await one.GetReadinessAsync()).Status);
    }

    [Fact]
    public async Task BrokerThatDeliversNothingAnyMore_IsNoticed_AndConnectedToAnew()
    {
        await using var broker = await MosquittoBroker.StartAsync();
        await using var proxy = new DeafProxy(broker.Port);
        await using var caller = await Caller.ConnectAsync(broker.Port);
        await using var appliance = await ServeAsync(proxy.Port, "Mqtt:KeepAlive=5s", "Mqtt:Timeout=2s");
        await caller.WaitUntilOnlineAsync();
        await caller.SayAsync("你好");
        await caller.HearAsync("edge/analysis/1");
        proxy.Deafen();
        await caller.SayAsync("""{"id":"unheard","text":"我要退款"}""");

        Assert.Equal("unheard", (await caller.HearJsonAsync("edge/analysis/1")).GetProperty("id").GetString());
        Assert.Contains("delivers nothing any more", appliance.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task MessagesThatTheBrokerDrops_AreWarnedOf()
    {
        await using var broker = await MosquittoBroker.StartAsync("max_queued_messages 5\nsys_interval 1");
        await using var caller = await Caller.ConnectAsync(broker.Port);
        await using (var first = await ServeAsync(broker.Port))
        {
            await caller.WaitUntilOnlineAsync();
            Assert.DoesNotContain("broker-drops", await first.GetWarningsAsync());
            first.Terminate();
            Assert.Equal(0, await first.WaitForExitAsync());
        }
        for (var i = 0; i < 50; i++)
            await caller.SayAsync("你好");

        await using var second = await ServeAsync(broker.Port);
        await Condition.BecomesTrueAsync(async () => (await second.GetWarningsAsync()).Contains("broker-drops"));
    }

    private Task<ApplianceProcess> ServeAsync(int port, params string[] settings) =>
        ApplianceProcess.ServeAsync(bundles.Certain, port, _folder[$"{Guid.NewGuid():N}.db"], settings);
}
