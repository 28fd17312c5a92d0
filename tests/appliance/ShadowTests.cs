using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Edge.Appliance.Shadowing;
using Edge.Appliance.Tests.Support;
using Edge.Bundles;
using Edge.Bundles.Links;

namespace Edge.Appliance.Tests;

/// <summary>A candidate is tried on what callers say, and nobody notices but those who ask.</summary>
public sealed class ShadowTests : IAsyncLifetime
{
    private static readonly string[] Texts = ["我要退款", "你好", "帮我查一下订单怎么还没到", "快递在哪里", "手机号是13800138000"];

    private readonly TestFolder _folder = new();
    private readonly BundleManifest _served;
    private readonly BundleManifest _candidate;
    private ApplianceProcess? _appliance;

    public ShadowTests()
    {
        _served = TinyBundle.Write(_folder["served"]);
        _candidate = TinyBundle.WriteWithLayers(_folder["other"], layers: 1);
        BundleLink.Set(_folder["current"], _folder["served"]);
    }

    private ApplianceProcess Appliance => _appliance ?? throw new InvalidOperationException("not started");

    private string Store => _folder["cases.db"];

    public async ValueTask InitializeAsync() => _appliance = await ApplianceProcess.ServeAsync(_folder["current"], null, Store);

    public async ValueTask DisposeAsync()
    {
        await Appliance.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Candidate_WhileCallersSpeak_IsComparedWithWhatServes()
    {
        BundleLink.Set(_folder["candidate"], _folder["other"]);
        await Appliance.WaitForLineAsync($"Candidate {_candidate.Id} is tried");
        List<JsonElement> answers = [];
        foreach (var text in Texts)
            answers.Add(await AnalyzeAsync(text));

        var report = await ReportAsync(Texts.Length);

        // What the command shows is what the endpoint shows, and both what the candidate says when it is asked itself.
        Assert.All(answers, answer => Assert.Equal(_served.Id, answer.GetProperty("bundle").GetString()));
        var expected = 0;
        foreach (var (text, answer) in Texts.Zip(answers))
        {
            var (_, output) = await ApplianceProcess.RunAsync("analyze", text, "--bundle", _folder["other"], "--json");
            if (JsonElement.Parse(output).GetProperty("intent").GetString() == answer.GetProperty("intent").GetString())
                expected++;
        }
        var intent = report.GetProperty("heads").EnumerateArray().Single(head => head.GetProperty("name").GetString() == "intent");
        Assert.Equal((double)expected / Texts.Length, intent.GetProperty("agreement").GetProperty("value").GetDouble(), 6);
        Assert.Equal(1, intent.GetProperty("acceptedAfter").GetDouble());
        var (code, shown) = await ApplianceProcess.RunAsync(
            "candidate", "--bundle", _folder["current"], "--set", $"UncertainCases:File={Store}");
        Assert.Equal(0, code);
        Assert.Contains($"candidate  {_candidate.Id}, beside {_served.Id}", shown, StringComparison.Ordinal);
        Assert.Contains($"compared   {Texts.Length} utterances since ", shown, StringComparison.Ordinal);

        // Masked before it touches the disk.
        Assert.Equal(report.GetProperty("differing").GetInt64(), report.GetProperty("cases").GetInt64());
        Assert.NotEqual(0, report.GetProperty("cases").GetInt64());
        Assert.DoesNotContain("13800138000", Encoding.UTF8.GetString(await BytesOfStoreAsync()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Candidate_Promoted_IsNotTriedAnyMore()
    {
        BundleLink.Set(_folder["candidate"], _folder["other"]);
        await Appliance.WaitForLineAsync($"Candidate {_candidate.Id} is tried");

        await ApplianceProcess.RunAsync(
            "promote", "--bundle", _folder["current"], "--set", $"Http:Port={Appliance.Http.BaseAddress!.Port}");

        using var limit = new CancellationTokenSource(ApplianceProcess.Limit);
        while ((await GetAsync()).StatusCode != HttpStatusCode.NotFound)
            limit.Token.ThrowIfCancellationRequested();
        Assert.Equal(_candidate.Id, (await AnalyzeAsync("我要退款")).GetProperty("bundle").GetString());
        Assert.Empty(await Appliance.GetWarningsAsync());
    }

    [Fact]
    public async Task Candidate_ThatMustNotServe_IsWarnedOf_UntilItIsGone()
    {
        TinyBundle.Write(_folder["wrong"], golden: """{"text":"我要退款","intent":"no such intent"}""");
        BundleLink.Set(_folder["candidate"], _folder["wrong"]);
        await Appliance.WaitForLineAsync("is not tried: ");
        Assert.Equal(["candidate-refused"], await Appliance.GetWarningsAsync());
        Assert.Equal(200, (await Appliance.GetReadinessAsync()).Status);
        Assert.Equal(_served.Id, (await AnalyzeAsync("我要退款")).GetProperty("bundle").GetString());

        BundleLink.Remove(_folder["candidate"]);

        using var limit = new CancellationTokenSource(ApplianceProcess.Limit);
        while ((await Appliance.GetWarningsAsync()).Count > 0)
            limit.Token.ThrowIfCancellationRequested();
    }

    [Fact]
    public void ShareInterval_IsWilsons()
    {
        // Newcombe 1998, table I: 81 of 263, 15 of 148, 0 of 20, 1 of 29.
        AssertInterval(ShareInterval.Of(81, 263), 0.2553, 0.3662);
        AssertInterval(ShareInterval.Of(15, 148), 0.0624, 0.1605);
        AssertInterval(ShareInterval.Of(0, 20), 0.0000, 0.1611);
        AssertInterval(ShareInterval.Of(1, 29), 0.0061, 0.1718);
        Assert.Equal(new ShareInterval(0, 0, 1), ShareInterval.Of(0, 0));
    }

    [Fact]
    public void Store_MoreCasesThanItKeeps_KeepsARandomSample()
    {
        var store = new ShadowStore(new() { File = Store }, new Random(1));
        var pair = new ShadowPair("new", "old");
        const int rounds = 30, inARound = 100;
        for (var round = 0; round < rounds; round++)
        {
            var tally = new ShadowTally();
            var cases = Enumerable.Range(0, inARound).Select(i => new ShadowCase(
                "1", $"{(round * inARound) + i}", "t", null, ["intent"], "{}", "{}", DateTimeOffset.UnixEpoch)).ToList();
            var (one, other) = Differing();
            foreach (var _ in cases)
                tally.Count(one, other);
            store.Add(pair, tally, cases, DateTimeOffset.UnixEpoch);
        }

        var report = ShadowReport.Read(new() { File = Store }, pair);
        Assert.Equal(rounds * inARound, report.Differing);
        Assert.Equal(ShadowStore.MostCases, report.Cases);
        // A third of all is kept, of the first as of the last thousand; four standard deviations of the hypergeometric distribution.
        var ids = Database.Query(Store, "SELECT utterance_id FROM shadow_case").Select(int.Parse).ToList();
        Assert.Equal(ShadowStore.MostCases, ids.Distinct().Count());
        Assert.All(new[] { 0, 1000, 2000 }, from => Assert.InRange(ids.Count(id => id >= from && id < from + 1000), 280, 387));
    }

    private static (Appliance.Analysis.AnalyzedUtterance, Appliance.Analysis.AnalyzedUtterance) Differing()
    {
        Appliance.Analysis.AnalyzedUtterance Saying(string label) => new()
        {
            Text = "t", Bundle = "b", Heads = [TinyBundle.Task.Heads[1]], Truncated = false, Accepted = [true],
            Predictions = [new() { Head = "intent", Label = label, Confidence = 1 }],
        };
        return (Saying("退款"), Saying("查物流"));
    }

    private static void AssertInterval(ShareInterval found, double lower, double upper)
    {
        Assert.Equal(lower, found.Lower, 4);
        Assert.Equal(upper, found.Upper, 4);
    }

    private async Task<JsonElement> ReportAsync(int compared)
    {
        using var limit = new CancellationTokenSource(ApplianceProcess.Limit);
        while (true)
        {
            using var response = await GetAsync();
            var report = await response.Content.ReadFromJsonAsync<JsonElement>(limit.Token);
            if (report.GetProperty("compared").GetInt64() == compared)
                return report;
        }
    }

    private Task<HttpResponseMessage> GetAsync() =>
        Appliance.Http.GetAsync(new Uri("/bundle/candidate", UriKind.Relative), TestContext.Current.CancellationToken);

    private async Task<byte[]> BytesOfStoreAsync() =>
    [
        .. await File.ReadAllBytesAsync(Store, TestContext.Current.CancellationToken),
        .. File.Exists(Store + "-wal") ? await File.ReadAllBytesAsync(Store + "-wal", TestContext.Current.CancellationToken) : [],
    ];

    private async Task<JsonElement> AnalyzeAsync(string text)
    {
        using var body = new StringContent(text, Encoding.UTF8, "text/plain");
        using var response = await Appliance.Http.PostAsync(
            new Uri("/analyze", UriKind.Relative), body, TestContext.Current.CancellationToken);
        return await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
    }
}
