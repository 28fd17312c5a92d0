using System.Net.Sockets;
using System.Text;
using Edge.Appliance.Analysis;
using Edge.Appliance.Tests.Support;

namespace Edge.Appliance.Tests;

public sealed class WatchdogTests(SharedBundles bundles)
{
    [Fact]
    public async Task Systemd_IsToldReadyAndThenAlive()
    {
        using var folder = new TestFolder();
        using var socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(folder["notify"]));
        await using var appliance =
            await ApplianceProcess.ServeAsync(bundles.Certain, null, folder["uncertain.db"], environment: new Dictionary<string, string>
            {
                ["NOTIFY_SOCKET"] = folder["notify"],
                ["WATCHDOG_USEC"] = "300000",
            });

        var seen = new List<string>();
        using var limit = new CancellationTokenSource(ApplianceProcess.Limit);
        var buffer = new byte[256];
        while (!seen.Contains("READY=1") || seen.Count(state => state == "WATCHDOG=1") < 3)
            seen.Add(Encoding.UTF8.GetString(buffer, 0, await socket.ReceiveAsync(buffer, limit.Token)));
        // Two of the three pings came after probes: nobody said anything.
        Assert.Equal(0, await appliance.GetMetricAsync("edge_utterances_total"));
    }

    [Theory]
    [InlineData("2000000", null, 2000)]
    [InlineData("2000000", "42", 2000)]
    [InlineData("2000000", "43", null)]
    [InlineData("0", null, null)]
    [InlineData("x", null, null)]
    [InlineData(null, null, null)]
    public void Period_FollowsSystemdsVariables(string? microseconds, string? pid, int? milliseconds) =>
        Assert.Equal(milliseconds, WatchdogService.ReadPeriod(microseconds, pid, 42)?.TotalMilliseconds);
}
