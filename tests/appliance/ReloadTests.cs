using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Edge.Appliance.Tests.Support;
using Edge.Bundles;
using Edge.Bundles.Links;
using Edge.Tests.Support;

namespace Edge.Appliance.Tests;

/// <summary>The bundle changes while callers speak.</summary>
public sealed class ReloadTests : IAsyncLifetime
{
    private readonly TestFolder _folder = new();
    private readonly string _link;
    private readonly BundleManifest _first;
    private readonly BundleManifest _second;
    private ApplianceProcess? _appliance;

    public ReloadTests()
    {
        _link = _folder["current"];
        _first = TinyBundle.Write(_folder["first"]);
        _second = TinyBundle.WriteWithLayers(_folder["second"], layers: 1);
        File.CreateSymbolicLink(_link, _folder["first"]);
    }

    private ApplianceProcess Appliance => _appliance ?? throw new InvalidOperationException("not started");

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (_appliance is not null)
            await _appliance.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Reload_LinkNamesAnotherBundle_ItAnswersFromThenOn()
    {
        await ServeAsync();
        Assert.Equal(_first.Id, await BundleOfAnswerAsync());
        Link("second");
        Assert.Equal(_first.Id, await BundleOfAnswerAsync()); // nobody asked for a reload

        var (status, verdict) = await ReloadAsync();

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(_second.Id, verdict.GetProperty("bundle").GetString());
        Assert.Equal(_first.Id, verdict.GetProperty("previous").GetString());
        Assert.Equal(_second.Id, await BundleOfAnswerAsync());
        Assert.Equal(1, await Appliance.GetMetricAsync($"edge_bundle_info{{bundle=\"{_second.Id}\",precision=\"int8\"}}"));
        var (_, readiness) = await Appliance.GetReadinessAsync();
        Assert.StartsWith(_second.Id, readiness.GetProperty("checks").GetProperty("bundle").GetProperty("reason").GetString());
    }

    [Fact]
    public async Task Reload_SameBundle_ChangesNothing()
    {
        await ServeAsync();

        var (status, verdict) = await ReloadAsync();

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.False(verdict.TryGetProperty("previous", out _));
        Assert.Equal(_first.Id, await BundleOfAnswerAsync());
    }

    [Fact]
    public async Task Hangup_LinkNamesAnotherBundle_ItAnswersFromThenOn()
    {
        await ServeAsync();
        Link("second");

        Appliance.HangUp();

        await Appliance.WaitForLineAsync($"Bundle {_second.Id} ");
        Assert.Equal(_second.Id, await BundleOfAnswerAsync());
    }

    [Theory]
    [InlineData("missing")]
    [InlineData("damaged")]
    [InlineData("wrong")]
    public async Task Reload_BundleMustNotServe_TheOldOneServesOnAndAWarningSaysWhy(string kind)
    {
        await ServeAsync();
        var reason = WriteBad(kind);

        Link(kind);
        var (status, verdict) = await ReloadAsync();

        Assert.Equal(HttpStatusCode.Conflict, status);
        Assert.Contains(reason, verdict.GetProperty("refused").GetString());
        Assert.Equal(_first.Id, await BundleOfAnswerAsync());
        Assert.Equal(200, (await Appliance.GetReadinessAsync()).Status);
        Assert.Equal(["bundle-refused"], await Appliance.GetWarningsAsync());

        // The warning ends with its cause.
        Link("second");
        await ReloadAsync();
        Assert.Empty(await Appliance.GetWarningsAsync());
        Assert.Equal(_second.Id, await BundleOfAnswerAsync());
    }

    [Fact]
    public async Task Reload_WhereBundlesMustBeSigned_ForeignAndOlderOnesAreRefused()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        await File.WriteAllTextAsync(_folder["key.pem"], key.ExportECPrivateKeyPem(), TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(_folder["trusted.pem"], key.ExportSubjectPublicKeyInfoPem(), TestContext.Current.CancellationToken);
        string[] rules = ["--set", $"Bundles:TrustedKeys={_folder["trusted.pem"]}"];
        var unsigned = await ApplianceProcess.RunAsync(["check", "--bundle", _link, .. rules]);
        Assert.Equal(1, unsigned.ExitCode);
        Assert.Contains("manifest.sig: is missing", unsigned.Output);

        BundleSigner.Sign(_folder["first"], _folder["key.pem"]);
        BundleSigner.Sign(_folder["second"], _folder["key.pem"]);
        Link("second"); // the newer one
        await ServeAsync(settings: rules[1..]);
        Link("first");
        var (status, verdict) = await ReloadAsync();
        Assert.Equal(HttpStatusCode.Conflict, status);
        Assert.Contains($"is older than {_second.Id}, which serves", verdict.GetProperty("refused").GetString());
        Assert.Equal(_second.Id, await BundleOfAnswerAsync());

        Link("second");
        string[] where = ["--bundle", _link, "--set", $"Http:Port={Appliance.Http.BaseAddress!.Port}", .. rules];
        BundleLink.Set(_folder["candidate"], _folder["first"]);
        Assert.Contains("is older than", (await ApplianceProcess.RunAsync(["promote", .. where])).Output);
        Assert.Equal((0, $"{_first.Id} serves now, after {_second.Id}"),
            await ApplianceProcess.RunAsync(["rollback", "--to", _folder["first"], .. where]));
        Assert.Empty(await Appliance.GetWarningsAsync());
    }

    [Fact]
    public async Task ReloadCommand_SaysWhatTheServiceSays()
    {
        await ServeAsync();
        string[] where = ["--bundle", _link, "--set", $"Http:Port={Appliance.Http.BaseAddress!.Port}"];
        Link("second");
        var changed = await ApplianceProcess.RunAsync(["reload", .. where]);
        Assert.Equal((0, $"{_second.Id} serves now, after {_first.Id}"), changed);

        Link("nothing");
        var refused = await ApplianceProcess.RunAsync(["reload", .. where]);
        Assert.Equal(1, refused.ExitCode);
        Assert.StartsWith($"no: {_second.Id} serves on.", refused.Output);

        await Appliance.KillAsync();
        var absent = await ApplianceProcess.RunAsync(["reload", .. where]);
        Assert.Equal(3, absent.ExitCode);
        Assert.Contains("Start the service", absent.Output);
    }

    [Fact]
    public async Task Reload_PageOfAnotherSite_IsRefused()
    {
        await ServeAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/bundle/reload", UriKind.Relative));
        request.Headers.Add("Origin", "https://elsewhere.example");

        using var response = await Appliance.Http.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
    }

    [Fact]
    public async Task Reload_WhileCallersSpeak_EveryUtteranceIsAnsweredByTheBundleThatTheAnswerNames()
    {
        const int changes = 10;
        await using var broker = await MosquittoBroker.StartAsync();
        await ServeAsync(broker.Port);
        await using var caller = await Caller.ConnectAsync(broker.Port);
        await caller.WaitUntilOnlineAsync();
        var expected = new Dictionary<string, string> { [_first.Id] = await AnswerAsync() };
        Link("second");
        await ReloadAsync();
        expected[_second.Id] = await AnswerAsync();

        using var done = new CancellationTokenSource();
        var speaking = SpeakAsync(caller, expected, done.Token);
        for (var change = 0; change < changes; change++)
        {
            Link(change % 2 == 0 ? "first" : "second");
            Assert.Equal(HttpStatusCode.OK, (await ReloadAsync()).Status);
        }
        await done.CancelAsync();
        Assert.Equal(2, await speaking);
        // The status tells of every change; the last one is what a newcomer reads.
        for (var status = ""; status != _second.Id;)
            status = (await caller.HearJsonAsync("edge/status/")).GetProperty("bundle").GetString();
        Assert.Empty(await Appliance.GetWarningsAsync());
    }

    // Twenty at a time: a broker drops what waits for a client in thousands. Returns how many bundles have answered.
    private async Task<int> SpeakAsync(Caller caller, Dictionary<string, string> expected, CancellationToken done)
    {
        const int atOnce = 20;
        HashSet<string> bundles = [], answered = [];
        for (var round = 0; !done.IsCancellationRequested; round++)
        {
            HashSet<string> waiting = [.. Enumerable.Range(0, atOnce).Select(i => $"{round}-{i}")];
            foreach (var id in waiting)
                await caller.SayAsync($$"""{"id":"{{id}}","text":"我要退款"}""");
            while (waiting.Count > 0)
            {
                var answer = await caller.HearJsonAsync("edge/analysis/");
                var bundle = answer.GetProperty("bundle").GetString()!;
                var id = answer.GetProperty("id").GetString()!;
                // Twice only where the broker delivered it again, after a connection that a busy machine lost.
                Assert.True(answered.Add(id) || Appliance.Output.Contains("Connection to the broker lost", StringComparison.Ordinal),
                    $"{id} was answered twice:\n{Appliance.Output}");
                waiting.Remove(id);
                Assert.Equal(expected[bundle], answer.GetProperty("confidence").GetRawText());
                bundles.Add(bundle);
            }
        }
        return bundles.Count;
    }

    private async Task ServeAsync(int? broker = null, params string[] settings) =>
        _appliance = await ApplianceProcess.ServeAsync(_link, broker, _folder["cases.db"], ["Analysis:Workers=2", .. settings]);

    private void Link(string name) => BundleLink.Set(_link, _folder[name]);

    private string WriteBad(string kind)
    {
        if (kind == "missing")
            return "there is no such folder";
        if (kind == "wrong")
        {
            TinyBundle.Write(_folder[kind], golden: """{"text":"我要退款","intent":"no such intent"}""");
            return "golden utterances wrongly";
        }
        TinyBundle.Write(_folder[kind]);
        using var model = File.Open(Path.Combine(_folder[kind], "model.int8.onnx"), FileMode.Open);
        model.Position = model.Length / 2;
        var read = model.ReadByte();
        model.Position--;
        model.WriteByte((byte)(read ^ 1));
        return "model.int8.onnx: SHA-256 is";
    }

    private async Task<(HttpStatusCode Status, JsonElement Verdict)> ReloadAsync()
    {
        using var response = await Appliance.Http.PostAsync(
            new Uri("/bundle/reload", UriKind.Relative), null, TestContext.Current.CancellationToken);
        return (response.StatusCode, await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken));
    }

    private async Task<string?> BundleOfAnswerAsync() => (await AnalyzeAsync()).GetProperty("bundle").GetString();

    private async Task<string> AnswerAsync() => (await AnalyzeAsync()).GetProperty("confidence").GetRawText();

    private async Task<JsonElement> AnalyzeAsync()
    {
        using var body = new StringContent("我要退款", Encoding.UTF8, "text/plain");
        using var response = await Appliance.Http.PostAsync(
            new Uri("/analyze", UriKind.Relative), body, TestContext.Current.CancellationToken);
        return await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
    }
}
