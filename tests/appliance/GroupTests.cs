using Edge.Appliance.Tests.Support;
using Edge.Tests.Support;

namespace Edge.Appliance.Tests;

/// <summary>Appliances of one group: who leaves, in good order or not, leaves nothing behind.</summary>
public sealed class GroupTests(SharedBundles bundles) : IAsyncLifetime
{
    private const int Count = 1_500;
    private readonly TestFolder _folder = new();
    private readonly List<ApplianceProcess> _members = [];
    private MosquittoBroker _broker = null!;
    private Caller _caller = null!;

    public async ValueTask InitializeAsync()
    {
        _broker = await MosquittoBroker.StartAsync("max_queued_messages 0\nset_tcp_nodelay true");
        _caller = await Caller.ConnectAsync(_broker.Port);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var member in _members)
            await member.DisposeAsync();
        await _caller.DisposeAsync();
        await _broker.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task MemberThatIsKilled_LeavesItsShareToTheOthers()
    {
        var one = await JoinAsync("one");
        var two = await JoinAsync("two");
        var said = SayAsync(Count);
        var answered = new HashSet<string>();
        await HearAsync(answered, Count / 10);
        await one.KillAsync();

        await said;
        await HearAsync(answered, Count);
        await two.WaitForLineAsync("The session of edge-one is finished");
        // Nothing is queued for it any more.
        await SayAsync(20, "later");
        await HearAsync(answered, Count + 20);
    }

    [Fact]
    public async Task MemberThatStops_HandsOver()
    {
        var one = await JoinAsync("one");
        await JoinAsync("two");
        var said = SayAsync(Count);
        var answered = new HashSet<string>();
        await HearAsync(answered, Count / 10);
        one.Terminate();
        Assert.Equal(0, await one.WaitForExitAsync());
        Assert.Contains("Handed over to the group", one.Output, StringComparison.Ordinal);

        await said;
        await HearAsync(answered, Count);
        await SayAsync(20, "later");
        await HearAsync(answered, Count + 20);
        var back = await JoinAsync("one");
        Assert.Equal(0, await back.GetMetricAsync("edge_answers_total"));
    }

    [Fact]
    public async Task AllMembersThatStopAtOnce_KeepWhatIsSaidMeanwhile()
    {
        var members = new[] { await JoinAsync("one"), await JoinAsync("two"), await JoinAsync("three") };
        foreach (var member in members)
            member.Terminate();
        foreach (var member in members)
            Assert.Equal(0, await member.WaitForExitAsync());
        await SayAsync(20);

        await JoinAsync("four");
        await HearAsync([], 20);
    }

    private async Task<ApplianceProcess> JoinAsync(string host)
    {
        var member = await ApplianceProcess.ServeAsync(
            bundles.Certain, _broker.Port, _folder[$"{host}-{_members.Count}.db"], ["Mqtt:SharedGroup=edge", $"Host={host}"]);
        _members.Add(member);
        while ((await _caller.HearJsonAsync($"edge/status/{host}")).GetProperty("state").GetString() != "online")
        {
        }
        return member;
    }

    private Task SayAsync(int count, string prefix = "c") =>
        Task.WhenAll(Enumerable.Range(0, count).Select(i => _caller.SayAsync($$"""{"id":"{{prefix}}-{{i}}","text":"订单{{i}}在哪里"}""")));

    private async Task HearAsync(HashSet<string> answered, int count)
    {
        while (answered.Count < count)
            answered.Add((await _caller.HearJsonAsync("edge/analysis/")).GetProperty("id").GetString()!);
    }
}
