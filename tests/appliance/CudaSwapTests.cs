using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Edge.Appliance.Tests.Support;
using Edge.Bundles.Inference.Batching;
using Edge.Bundles.Links;
using Edge.Tests.Support;
using MQTTnet;

namespace Edge.Appliance.Tests;

/// <summary>The bundle changes on a GPU while callers speak: the new one's graphs are captured beside the runs of the old one.</summary>
public sealed class CudaSwapTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Reload_WhileCallersSpeak_LosesNothingAndSpoilsNoCapture()
    {
        const int changes = 6;
        using var cuda = StandInCuda.Require();
        var first = TinyBundle.WriteWithHalf(_folder["first"]);
        var second = TinyBundle.WriteDeepWithHalf(_folder["second"]);
        BundleLink.Set(_folder["current"], _folder["first"]);
        await using var broker = await MosquittoBroker.StartAsync();
        await using var appliance = await ApplianceProcess.ServeAsync(
            _folder["current"], broker.Port, _folder["cases.db"], ["Analysis:Provider=cuda", "Analysis:KeepWarm=0s"], cuda.Environment());
        await using var caller = await Caller.ConnectAsync(broker.Port);
        await caller.WaitUntilOnlineAsync();
        using var done = new CancellationTokenSource();
        Task<HashSet<string>>[] speaking =
            [SpeakAsync(caller, done.Token), AskAsync(appliance, done.Token), AskAsync(appliance, done.Token)];

        for (var change = 0; change < changes; change++)
        {
            BundleLink.Set(_folder["current"], _folder[change % 2 == 0 ? "second" : "first"]);
            using var response = await appliance.Http.PostAsync(
                new Uri("/bundle/reload", UriKind.Relative), null, TestContext.Current.CancellationToken);
            Assert.True(response.StatusCode == HttpStatusCode.OK,
                await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        }
        await done.CancelAsync();

        foreach (var bundles in await Task.WhenAll(speaking))
            Assert.Equal([.. new[] { first.Id, second.Id }.Order()], bundles.Order());
        Assert.Empty(await appliance.GetWarningsAsync());
        Assert.DoesNotContain(cuda.Calls, call => call.Contains("not allowed", StringComparison.Ordinal));
        var captures = cuda.Captures();
        Assert.Equal((changes + 1) * new BatchShapes(TinyBundle.Task.MaxLength).All.Count, captures.Count);
        Assert.All(captures, calls => Assert.DoesNotContain(
            calls, call => call.StartsWith("cudaGraphLaunch", StringComparison.Ordinal)));
    }

    // Twenty at a time over MQTT: a broker drops what waits for a client in thousands. Returns the bundles that have answered.
    private static async Task<HashSet<string>> SpeakAsync(Caller caller, CancellationToken done)
    {
        HashSet<string> bundles = [];
        for (var round = 0; !done.IsCancellationRequested; round++)
        {
            HashSet<string> waiting = [.. Enumerable.Range(0, 20).Select(i => $"{round}-{i}")];
            foreach (var id in waiting)
                await caller.SayAsync($$"""{"id":"{{id}}","text":"我要退款"}""");
            while (waiting.Count > 0)
            {
                var message = await caller.HearAsync("edge/");
                Assert.False(message.Topic.StartsWith("edge/error", StringComparison.Ordinal), message.ConvertPayloadToString());
                if (!message.Topic.StartsWith("edge/analysis/", StringComparison.Ordinal))
                    continue;
                var answer = JsonElement.Parse(message.ConvertPayloadToString());
                Assert.True(waiting.Remove(answer.GetProperty("id").GetString()!));
                bundles.Add(answer.GetProperty("bundle").GetString()!);
            }
        }
        return bundles;
    }

    private static async Task<HashSet<string>> AskAsync(ApplianceProcess appliance, CancellationToken done)
    {
        HashSet<string> bundles = [];
        while (!done.IsCancellationRequested)
        {
            using var response = await appliance.Http.PostAsJsonAsync(
                new Uri("/analyze", UriKind.Relative), new { text = "查一下订单" }, TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            var answer = await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
            bundles.Add(answer.GetProperty("bundle").GetString()!);
        }
        return bundles;
    }
}
