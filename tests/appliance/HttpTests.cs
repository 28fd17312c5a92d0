using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Edge.Appliance.Tests.Support;

namespace Edge.Appliance.Tests;

public sealed class HttpTests(SharedBundles bundles) : IAsyncLifetime
{
    private readonly TestFolder _folder = new();
    private ApplianceProcess _appliance = null!;

    public async ValueTask InitializeAsync() =>
        _appliance = await ApplianceProcess.ServeAsync(bundles.Certain, null, _folder["uncertain.db"], ["Http:MaxBodyBytes=2048"]);

    public async ValueTask DisposeAsync()
    {
        await _appliance.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Endpoints_AnswerAsDocumented()
    {
        Assert.Equal(
            "ok\n", await _appliance.Http.GetStringAsync(new Uri("/livez", UriKind.Relative), TestContext.Current.CancellationToken));
        var (status, body) = await _appliance.GetReadinessAsync();
        Assert.Equal(200, status);
        Assert.Equal("switched off", body.GetProperty("checks").GetProperty("broker").GetProperty("reason").GetString());

        var json = await PostAsync("""{"id":"h-1","text":"我要退款"}""", "application/json");
        Assert.Equal("h-1", json.Body.GetProperty("id").GetString());
        // With this content type even braces are text.
        var text = await PostAsync("{我要退款", "text/plain");
        Assert.Equal(HttpStatusCode.OK, text.Status);
        Assert.Equal(bundles.CertainId, text.Body.GetProperty("bundle").GetString());
        Assert.Equal(2, await _appliance.GetMetricAsync("edge_answer_latency_seconds_count"));
        Assert.Equal(2, await _appliance.GetMetricAsync("edge_answer_latency_seconds_bucket{le=\"+Inf\"}"));
    }

    [Fact]
    public async Task Utterance_KeepsTheModelWarmAfterwards()
    {
        Assert.Equal(0, await _appliance.GetMetricAsync("edge_keep_warm_runs_total"));
        await PostAsync("我要退款", "text/plain");

        using var limit = new CancellationTokenSource(ApplianceProcess.Limit);
        while (await _appliance.GetMetricAsync("edge_keep_warm_runs_total") < 3)
            limit.Token.ThrowIfCancellationRequested();
        // Nobody asked, nobody is answered, and nothing is kept.
        Assert.Equal(1, await _appliance.GetMetricAsync("edge_utterances_total"));
        Assert.Equal(1, await _appliance.GetMetricAsync("edge_answer_latency_seconds_count"));
    }

    [Theory]
    [InlineData("""{"text":3}""", "application/json", HttpStatusCode.BadRequest, "badField")]
    [InlineData("我要退款", "application/json", HttpStatusCode.BadRequest, "invalidJson")]
    [InlineData(" ", "text/plain", HttpStatusCode.BadRequest, "emptyText")]
    [InlineData(null, "text/plain", HttpStatusCode.RequestEntityTooLarge, "bodyTooLarge")]
    public async Task BadBodies_GetTheErrorForm(string? body, string contentType, HttpStatusCode status, string code)
    {
        var response = await PostAsync(body ?? new string('a', 4096), contentType);

        Assert.Equal(status, response.Status);
        Assert.Equal(code, response.Body.GetProperty("code").GetString());
        Assert.Equal(1, await _appliance.GetMetricAsync($"edge_errors_total{{code=\"{code}\"}}"));
    }

    [Fact]
    public async Task UncertainUtterance_IsAnsweredAndStoredAsLineHttp()
    {
        var store = _folder["http.db"];
        await using var appliance = await ApplianceProcess.ServeAsync(bundles.Uncertain, null, store);
        using var content = new StringContent("我的手机号是13812345678");
        using var response =
            await appliance.Http.PostAsync(new Uri("/analyze", UriKind.Relative), content, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);

        appliance.Terminate();
        Assert.Equal(0, await appliance.WaitForExitAsync());
        Assert.Equal(["http"], Database.Query(store, "SELECT line FROM uncertain_case"));
        Assert.False(Database.HoldsBytes(store, "13812345678"));
    }

    [Fact]
    public async Task ForeignHostHeader_IsRefused()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/readyz") { Headers = { Host = "attacker.example" } };
        using var response = await _appliance.Http.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.MisdirectedRequest, response.StatusCode);
    }

    private async Task<(HttpStatusCode Status, JsonElement Body)> PostAsync(string body, string contentType)
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        content.Headers.ContentType = new MediaTypeHeaderValue(contentType);
        using var response =
            await _appliance.Http.PostAsync(new Uri("/analyze", UriKind.Relative), content, TestContext.Current.CancellationToken);
        return (response.StatusCode, JsonElement.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)));
    }
}
