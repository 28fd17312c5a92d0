using System.Net.Http.Json;
using Edge.Appliance.Tests.Support;
using Edge.Bundles.Common;
using Edge.Tests.Support;
using MQTTnet;

namespace Edge.Appliance.Tests;

/// <summary>A GPU that is lost while callers speak: nothing is lost with it.</summary>
public sealed class CudaLossTests : IDisposable
{
    private static readonly string[] Patient = ["Analysis:KeepWarm=0s"];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("edge-cuda-loss-test-");

    private string Bundle => Path.Combine(_folder.FullName, "bundle");

    private string Store => Path.Combine(_folder.FullName, "db");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Serve_DeviceLostOverMqtt_EndsTheProcessAndAnswersAllAfterARestart()
    {
        const int count = 30;
        using var cuda = StandInCuda.Require();
        TinyBundle.WriteWithHalf(Bundle);
        await using var broker = await MosquittoBroker.StartAsync();
        await using var caller = await Caller.ConnectAsync(broker.Port);
        await using (var first = await ServeAsync(cuda, broker, "Analysis:Provider=cuda"))
        {
            await caller.WaitUntilOnlineAsync();
            cuda.Fail("cudaGraphLaunch:1:719:1");
            await SayAsync(caller, 0, count);
            Assert.Equal(ExitCode.Fault, await first.WaitForExitAsync());
            Assert.Contains("cuda:0 is lost", first.Output, StringComparison.Ordinal);
        }
        cuda.Repair();

        await using var second = await ServeAsync(cuda, broker, "Analysis:Provider=cuda");
        await HearAsync(caller, count);
    }

    [Fact]
    public async Task Serve_AutoWhoseDeviceIsLostOverMqtt_AnswersAllWithTheProcessor()
    {
        const int count = 60;
        using var cuda = StandInCuda.Require();
        TinyBundle.WriteDeepWithHalf(Bundle, """{"text":"你好"}"""); // nothing is expected, so nothing is wrong
        await using var broker = await MosquittoBroker.StartAsync();
        await using var caller = await Caller.ConnectAsync(broker.Port);
        await using var appliance = await ServeAsync(cuda, broker);
        await caller.WaitUntilOnlineAsync();
        var before = cuda.Calls.Count;
        await SayAsync(caller, 0, count / 2);
        await HearAsync(caller, count / 2);
        Assert.Contains(cuda.Calls.Skip(before), call => call.StartsWith("cudaGraphLaunch", StringComparison.Ordinal));

        cuda.Fail("cudaGraphLaunch:1:719:1");
        await SayAsync(caller, count / 2, count / 2);

        await HearAsync(caller, count / 2);
        Assert.Contains("gpu-lost", await appliance.GetWarningsAsync());
        Assert.Equal(200, (await appliance.GetReadinessAsync()).Status);
    }

    [Fact]
    public async Task Serve_DeviceLost_EndsTheProcessAndAnswersNothing()
    {
        using var cuda = StandInCuda.Require();
        TinyBundle.WriteWithHalf(Bundle);
        await using var appliance = await ServeAsync(cuda, null, "Analysis:Provider=cuda");
        await AnalyzeAsync(appliance, "你好");

        cuda.Fail("cudaGraphLaunch:1:719:1");
        using var response = await PostAsync(appliance, "你好");

        Assert.Equal(503, (int)response.StatusCode);
        Assert.Equal(ExitCode.Fault, await appliance.WaitForExitAsync());
        Assert.Contains("cuda:0 is lost", appliance.Output, StringComparison.Ordinal);
    }

    // A run that fails once, for want of memory, is no lost device.
    [Fact]
    public async Task Serve_RunThatFailsOnce_IsAnsweredAllTheSame()
    {
        using var cuda = StandInCuda.Require();
        TinyBundle.WriteWithHalf(Bundle);
        await using var appliance = await ServeAsync(cuda, null, "Analysis:Provider=cuda");
        await AnalyzeAsync(appliance, "你好");

        cuda.Fail("cudaGraphLaunch:1:2:0:1");
        await AnalyzeAsync(appliance, "你好");

        Assert.Single(cuda.Calls, call => call.StartsWith("FAIL cudaGraphLaunch", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Serve_AutoWhoseDeviceIsLost_GoesOnWithTheProcessorAndWarns()
    {
        using var cuda = StandInCuda.Require();
        TinyBundle.WriteDeepWithHalf(Bundle, """{"text":"你好"}"""); // nothing is expected, so nothing is wrong
        await using var appliance = await ServeAsync(cuda, null);
        var (_, body) = await appliance.GetReadinessAsync();
        Assert.StartsWith(
            "cuda:0: ", body.GetProperty("checks").GetProperty("provider").GetProperty("reason").GetString(), StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(_folder.FullName, "provider.json")));

        cuda.Fail("cudaGraphLaunch:1:719:1");
        for (var i = 0; i < 5; i++)
            await AnalyzeAsync(appliance, "我要退款");

        Assert.Contains("gpu-lost", await appliance.GetWarningsAsync());
        (var status, body) = await appliance.GetReadinessAsync();
        Assert.Equal(200, status);
        Assert.Equal(
            "cpu: cuda:0 was lost", body.GetProperty("checks").GetProperty("provider").GetProperty("reason").GetString());
        appliance.Terminate();
        Assert.Equal(ExitCode.Done, await appliance.WaitForExitAsync());
    }

    private static Task SayAsync(Caller caller, int from, int count) => Task.WhenAll(
        Enumerable.Range(from, count).Select(i => caller.SayAsync($$"""{"id":"c-{{i}}","text":"订单{{i}}在哪里"}""")));

    // Answers to so many utterances; an error is none.
    private static async Task HearAsync(Caller caller, int count)
    {
        HashSet<string> answered = [];
        while (answered.Count < count)
        {
            var message = await caller.HearAsync("edge/");
            Assert.False(message.Topic.StartsWith("edge/error", StringComparison.Ordinal), message.ConvertPayloadToString());
            if (message.Topic.StartsWith("edge/analysis/", StringComparison.Ordinal))
                answered.Add(System.Text.Json.JsonElement.Parse(message.ConvertPayloadToString()).GetProperty("id").GetString()!);
        }
    }

    private Task<ApplianceProcess> ServeAsync(StandInCuda cuda, MosquittoBroker? broker, params string[] settings) =>
        ApplianceProcess.ServeAsync(Bundle, broker?.Port, Store, [.. Patient, .. settings], cuda.Environment());

    private static async Task AnalyzeAsync(ApplianceProcess appliance, string text)
    {
        using var response = await PostAsync(appliance, text);
        Assert.Equal(200, (int)response.StatusCode);
    }

    private static Task<HttpResponseMessage> PostAsync(ApplianceProcess appliance, string text) => appliance.Http.PostAsJsonAsync(
        new Uri("/analyze", UriKind.Relative), new { text }, TestContext.Current.CancellationToken);
}
