using System.Net.Http.Json;
using System.Text.Json;
using Edge.Appliance.Analysis;
using Edge.Appliance.Tests.Support;
using Edge.Bundles.Common;
using Edge.Bundles.Inference.Batching;

namespace Edge.Appliance.Tests;

/// <summary>The CUDA path on stand-in libraries: everything but answers and times.</summary>
public sealed class CudaTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("edge-cuda-appliance-test-");

    private string Bundle { get; }

    public CudaTests()
    {
        Bundle = Path.Combine(_folder.FullName, "bundle");
        TinyBundle.WriteWithHalf(Bundle);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Check_Cuda_CapturesEachBucketOnceAndCopiesNothingToOrFromTheHost()
    {
        using var cuda = StandInCuda.Require();

        var (code, output) = await CheckAsync(cuda.Environment());

        Assert.True(code == ExitCode.Done, output);
        Assert.Contains("provider       ok  cuda:0", output, StringComparison.Ordinal);
        Assert.Contains("(fp16)", output, StringComparison.Ordinal);
        var captures = cuda.Captures();
        Assert.Equal(new BatchShapes(TinyBundle.Task.MaxLength).All.Count, captures.Count);
        Assert.All(captures, calls => Assert.DoesNotContain(
            calls, call => call.Contains("HtoD", StringComparison.Ordinal) || call.Contains("DtoH", StringComparison.Ordinal)));
        Assert.DoesNotContain(cuda.Calls, call => call.Contains("not allowed", StringComparison.Ordinal));
        Assert.DoesNotContain(cuda.Calls, call => call.Contains("udnn", StringComparison.Ordinal));
    }

    // docs/adr/0013: a kernel's start takes longer than its work, so their number is what a run costs.
    [Fact]
    public async Task Check_MicroStudent_StartsAsFewKernelsAsDocumented()
    {
        using var cuda = StandInCuda.Require();
        var bundle = Path.Combine(_folder.FullName, "micro");
        TinyBundle.WriteMicroWithHalf(bundle);

        var (code, output) = await RunAsync(
            cuda.Environment(), ["check", "--bundle", bundle, "--set", "Analysis:Provider=cuda", "--set", "Mqtt:Enabled=false"]);

        Assert.True(code == ExitCode.Done, output);
        var shapes = new BatchShapes(TinyBundle.Task.MaxLength).All;
        var captures = cuda.Captures();
        Assert.Equal(shapes.Count, captures.Count);
        var calls = captures[shapes.Index().Single(entry => entry.Item == new BatchShape(1, 16)).Index];
        Assert.Equal(57, calls.Count(call => call.StartsWith("kernel ", StringComparison.Ordinal)
            || call.StartsWith("blas ", StringComparison.Ordinal)));
        var copies = calls.Where(call => call.StartsWith("cudaMemcpy", StringComparison.Ordinal)).ToArray();
        Assert.All(copies, call => Assert.StartsWith("cudaMemcpyAsync DtoD", call, StringComparison.Ordinal));
        Assert.Equal(3, copies.Length);
        Assert.DoesNotContain(cuda.Calls, call => call.Contains("udnn", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Serve_Cuda_ReplaysGraphsAndStartsNoKernel()
    {
        using var cuda = StandInCuda.Require();
        await using var appliance = await ServeAsync(cuda.Environment(), "Analysis:Provider=cuda", "Analysis:KeepWarm=0s");
        var before = cuda.Calls.Count;

        for (var i = 0; i < 20; i++)
            await AnalyzeAsync(appliance, "我要退款 please");

        var calls = cuda.Calls.Skip(before).ToArray();
        Assert.Equal(20, calls.Count(call => call.StartsWith("cudaGraphLaunch", StringComparison.Ordinal)));
        Assert.DoesNotContain(calls, call => call.StartsWith("kernel", StringComparison.Ordinal)
            || call.StartsWith("blas", StringComparison.Ordinal) || call.StartsWith("cudaMemcpy", StringComparison.Ordinal)
            || call.StartsWith("cudaMalloc", StringComparison.Ordinal));
        var (_, body) = await appliance.GetReadinessAsync();
        Assert.Equal("cuda:0", body.GetProperty("checks").GetProperty("provider").GetProperty("reason").GetString());
    }

    [Fact]
    public async Task Check_SeveralGpus_HasASessionOnEach()
    {
        using var cuda = StandInCuda.Require();

        var (code, output) = await CheckAsync(cuda.Environment(("FAKE_COUNT", "2")), "cuda:0,1");

        Assert.True(code == ExitCode.Done, output);
        Assert.Contains("provider       ok  cuda:0,1", output, StringComparison.Ordinal);
        Assert.Contains("cudaSetDevice 1", cuda.Calls);
    }

    [Fact]
    public async Task Serve_AutoOnAGpuThatAnswersWrongly_TakesTheProcessorAndWarns()
    {
        using var cuda = StandInCuda.Require();
        var bundle = Path.Combine(_folder.FullName, "golden");
        TinyBundle.WriteWithHalf(bundle, GoldenLine());
        await using var appliance = await ApplianceProcess.ServeAsync(
            bundle, null, Path.Combine(_folder.FullName, "db"), [], cuda.Environment());

        var (status, body) = await appliance.GetReadinessAsync();

        Assert.Equal(200, status);
        Assert.StartsWith("cpu: the GPU is not used: cuda:0, ", body.GetProperty("checks").GetProperty("provider").GetProperty("reason")
            .GetString(), StringComparison.Ordinal);
        Assert.Contains("gpu-unused", await appliance.GetWarningsAsync());
        Assert.NotEmpty(cuda.Captures()); // it was tried
    }

    [Fact]
    public async Task Check_AutoASecondTime_RemembersWhatWasMeasured()
    {
        using var cuda = StandInCuda.Require();
        var bundle = Path.Combine(_folder.FullName, "deep");
        TinyBundle.WriteDeepWithHalf(bundle, """{"text":"你好"}""");
        string[] arguments = ["check", "--bundle", bundle, "--set", $"UncertainCases:File={Path.Combine(_folder.FullName, "db")}"];

        var (_, first) = await RunAsync(cuda.Environment(), arguments);
        var (_, second) = await RunAsync(cuda.Environment(), arguments);
        var (code, other) = await RunAsync(cuda.Environment(("FAKE_DRIVER", "13010")), arguments);

        Assert.True(code == ExitCode.Done, other);
        Assert.Contains("provider       ok  cuda:0: cuda:0 (Fake GPU sm_90) ", first, StringComparison.Ordinal);
        Assert.Contains(ProviderLine(first), second, StringComparison.Ordinal); // the same figures
        Assert.DoesNotContain(ProviderLine(first), other, StringComparison.Ordinal); // another box

        static string ProviderLine(string output) =>
            output.Split('\n').Single(line => line.StartsWith("provider ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Check_AutoWithoutAGpu_TakesTheProcessorWithoutAWord()
    {
        using var cuda = StandInCuda.Require("libcuda.so.1", "libcudart.so.13");

        var (code, output) = await CheckAsync(cuda.Environment(), "auto");

        Assert.True(code == ExitCode.Done, output);
        Assert.Contains("provider       ok  cpu\n", output, StringComparison.Ordinal);
    }

    // An utterance that the processor answers with another label than the first, which zeros are.
    private string GoldenLine()
    {
        using var bundle = ServedBundle.Open(Bundle, "test", "auto");
        using var analyzer = new Analyzer(bundle);
        return new[] { "我要退款", "你好", "气死了!!", "物流 hello", "1", "查一下订单", "please", "快递在哪里" }.Select(text =>
        {
            using var analyzed = analyzer.Analyze(text);
            var label = analyzed.Predictions[1].Label!;
            return (label, line: $$"""{"text":"{{text}}","intent":"{{label}}"}""");
        }).First(candidate => candidate.label != TinyBundle.Task.Heads[1].Labels[0]).line;
    }

    private Task<(int Code, string Output)> CheckAsync(Dictionary<string, string> environment, string provider = "cuda") =>
        RunAsync(environment, ["check", "--bundle", Bundle, "--set", $"Analysis:Provider={provider}", "--set", "Mqtt:Enabled=false"]);

    private static async Task<(int Code, string Output)> RunAsync(Dictionary<string, string> environment, string[] arguments)
    {
        await using var appliance = ApplianceProcess.Start(arguments, environment);
        return (await appliance.WaitForExitAsync(), appliance.Output);
    }

    private Task<ApplianceProcess> ServeAsync(Dictionary<string, string> environment, params string[] settings) =>
        ApplianceProcess.ServeAsync(Bundle, null, Path.Combine(_folder.FullName, "db"), settings, environment);

    private static async Task AnalyzeAsync(ApplianceProcess appliance, string text)
    {
        using var response = await PostAsync(appliance, text);
        Assert.Equal(200, (int)response.StatusCode);
        await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
    }

    private static Task<HttpResponseMessage> PostAsync(ApplianceProcess appliance, string text) => appliance.Http.PostAsJsonAsync(
        new Uri("/analyze", UriKind.Relative), new { text }, TestContext.Current.CancellationToken);
}
