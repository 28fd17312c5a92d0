using Edge.Appliance.Tests.Support;
using Edge.Bundles;
using Edge.Bundles.Links;

namespace Edge.Appliance.Tests;

/// <summary>promote, rollback and history, as an operator types them.</summary>
public sealed class PromotionTests : IAsyncLifetime
{
    private readonly TestFolder _folder = new();
    private readonly BundleManifest _first;
    private readonly BundleManifest _second;
    private readonly BundleLinks _links;
    private ApplianceProcess? _appliance;
    private int _port = 1; // nobody answers there

    public PromotionTests()
    {
        _first = TinyBundle.Write(_folder["first"]);
        _second = TinyBundle.WriteWithLayers(_folder["second"], layers: 1);
        BundleLink.Set(_folder["current"], _folder["first"]);
        BundleLink.Set(_folder["candidate"], _folder["second"]);
        _links = new BundleLinks(_folder["current"]);
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (_appliance is not null)
            await _appliance.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task PromoteAndRollback_ServiceRuns_ItServesWhatIsLinked()
    {
        await ServeAsync();

        var promoted = await RunAsync("promote", "--why", "fewer wrong refunds");
        Assert.Equal((0, $"{_second.Id} serves now, after {_first.Id}"), promoted);
        Assert.Equal(_second.Id, await ServedAsync());

        var back = await RunAsync("rollback");
        Assert.Equal((0, $"{_first.Id} serves now, after {_second.Id}"), back);
        Assert.Equal(_first.Id, await ServedAsync());

        var (code, history) = await RunAsync("history");
        Assert.Equal(0, code);
        var lines = history.Split('\n');
        Assert.Equal($"serves     {_folder["first"]}", lines[0]);
        Assert.Equal("candidate  none", lines[1]);
        Assert.Contains($"rollback  second -> first  {Environment.UserName}", lines[2], StringComparison.Ordinal);
        Assert.Contains($"promote   first -> second  {Environment.UserName}: fewer wrong refunds", lines[3], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Promote_NoServiceRuns_LinksIt()
    {
        var (code, output) = await RunAsync("promote");

        Assert.Equal(0, code);
        Assert.Contains("the next start serves it", output, StringComparison.Ordinal);
        Assert.Equal(_folder["second"], _links.Served);
    }

    [Fact]
    public async Task Promote_CandidateIsWrong_ChangesNothing()
    {
        TinyBundle.Write(_folder["wrong"], golden: """{"text":"我要退款","intent":"no such intent"}""");
        BundleLink.Set(_folder["candidate"], _folder["wrong"]);

        var (code, output) = await RunAsync("promote");

        Assert.Equal(2, code);
        Assert.Contains("golden utterances wrongly", output, StringComparison.Ordinal);
        Assert.Equal(_folder["first"], _links.Served);
        Assert.Empty(_links.History());
    }

    // The service runs at another precision, which the candidate lacks: it refuses what the command accepts.
    [Fact]
    public async Task Promote_ServiceRefusesIt_TheLinkGoesBack()
    {
        TinyBundle.WriteWithHalf(_folder["half"]);
        BundleLink.Set(_folder["current"], _folder["half"]);
        await ServeAsync("Analysis:Precision=fp16");

        var (code, output) = await RunAsync("promote");

        Assert.Equal(1, code);
        Assert.Contains("leads to it again", output, StringComparison.Ordinal);
        Assert.Equal(_folder["half"], _links.Served);
        Assert.Equal([BundleAction.Promote, BundleAction.Rollback], _links.History().Select(change => change.Action));
        Assert.DoesNotContain("bundle-refused", await _appliance!.GetWarningsAsync());
    }

    [Fact]
    public async Task Promote_NoCandidate_SaysHowToNameOne()
    {
        BundleLink.Remove(_folder["candidate"]);

        var (code, output) = await RunAsync("promote");

        Assert.Equal(2, code);
        Assert.Contains($"ln -s BUNDLE {_folder["candidate"]}", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rollback_NothingServedBefore_SaysSo()
    {
        var (code, output) = await RunAsync("rollback");

        Assert.Equal(2, code);
        Assert.Contains("knows no bundle that served before", output, StringComparison.Ordinal);
    }

    // Wherever the kill comes, the link leads to the one or the other, and the next command works.
    [Theory]
    [InlineData(".current.change.json")]
    [InlineData("history.jsonl")]
    public async Task Promote_KilledOnTheWay_TheNextOneGoesOn(string file)
    {
        await using (var killed = ApplianceProcess.Start(["promote", .. Where()]))
        {
            using var limit = new CancellationTokenSource(ApplianceProcess.Limit);
            while (!File.Exists(_folder[file]))
                limit.Token.ThrowIfCancellationRequested();
            await killed.KillAsync();
        }
        var served = _links.Served;
        Assert.Contains(served, new[] { _folder["first"], _folder["second"] });
        Assert.Equal(served == _folder["second"] ? 1 : 0, _links.History().Count);

        var (code, _) = served == _folder["first"] ? await RunAsync("promote") : await RunAsync("rollback");
        Assert.Equal(0, code);
        Assert.Equal(served == _folder["first"] ? 1 : 2, _links.History().Count);
    }

    private async Task ServeAsync(params string[] settings)
    {
        _appliance = await ApplianceProcess.ServeAsync(_folder["current"], null, _folder["cases.db"], settings);
        _port = _appliance.Http.BaseAddress!.Port;
    }

    private string[] Where() => ["--bundle", _folder["current"], "--set", $"Http:Port={_port}"];

    private Task<(int ExitCode, string Output)> RunAsync(params string[] command) => ApplianceProcess.RunAsync([.. command, .. Where()]);

    private async Task<string?> ServedAsync()
    {
        var (_, readiness) = await _appliance!.GetReadinessAsync();
        return readiness.GetProperty("checks").GetProperty("bundle").GetProperty("reason").GetString()!.Split(' ')[0];
    }
}
