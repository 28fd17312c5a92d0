using System.Net.Http.Json;
using System.Text.Json;
using Edge.Appliance.Analysis;
using Edge.Appliance.Tests.Support;
using Edge.Bundles.Common;

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
        Assert.Equal(new Bundles.Inference.Batching.BatchShapes(TinyBundle.Task.MaxLength).All.Count, captures.Count);
        Assert.All(captures, calls => Assert.DoesNotContain(
            calls, call => call.Contains("HtoD", StringComparison.Ordinal) || call.Contains("DtoH", StringComparison.Ordinal)));
        Assert.DoesNotContain(cuda.Calls, call => call.Contains("not allowed", StringComparison.Ordinal));
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
    public async Task Check_LibrariesMissing_NamesAllOfThemAndTheRemedies()
    {
        using var cuda = StandInCuda.Require("libcublasLt.so.13", "libcurand.so.10");

        var (code, output) = await CheckAsync(cuda.Environment());

        Assert.Equal(ExitCode.Refused, code);
        Assert.Contains("libcublasLt.so.13: cannot open shared object file", output, StringComparison.Ordinal);
        Assert.Contains("install libcublas-13-0", output, StringComparison.Ordinal);
        Assert.Contains("libcurand.so.10: cannot open shared object file", output, StringComparison.Ordinal);
        Assert.Contains("install libcurand-13-0", output, StringComparison.Ordinal);
        Assert.Contains("Nothing runs on the processor instead", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("cuda", "FAKE_COUNT", "0", "there is no GPU that CUDA can use")]
    [InlineData("cuda:3", "FAKE_COUNT", "1", "device 3: there is 1, number 0; name another one")]
    [InlineData("cuda", "FAKE_CC", "70", "has compute capability 7.0; ONNX Runtime has code for 7.5, 8.x, 9.0 and 12.0")]
    [InlineData("cuda", "FAKE_CC", "100", "has compute capability 10.0")]
    [InlineData("cuda", "FAKE_DRIVER", "12040", "the driver runs CUDA 12.4, and 13.0 is needed: install NVIDIA's driver, 580 or later")]
    [InlineData("cuda", "FAKE_FAIL", "cudaGetDeviceCount:1:35", "13.0 is needed: install NVIDIA's driver, 580 or later")]
    [InlineData("cuda", "FAKE_MEM", "100000", "MB of its memory are free, and the model needs more")]
    [InlineData("cuda", "FAKE_FAIL", "cudaLaunchKernel:1:719:1", "look at nvidia-smi and at the kernel's log")]
    [InlineData("cuda", "FAKE_FAIL", "cublasGemmEx:1:13", "look at nvidia-smi and at the kernel's log")]
    public async Task Check_CudaThatCannotBeHad_SaysWhatIsMissingAndWhatToDo(string provider, string name, string value, string message)
    {
        using var cuda = StandInCuda.Require();

        var (code, output) = await CheckAsync(cuda.Environment((name, value)), provider);

        Assert.Equal(ExitCode.Refused, code);
        Assert.Contains($"Analysis:Provider is {provider}; CUDA cannot be used", output, StringComparison.Ordinal);
        Assert.Contains(message, output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Serve_CudaThatCannotBeHad_EndsWithTheEnvironmentsCode()
    {
        using var cuda = StandInCuda.Require();
        await using var appliance = ApplianceProcess.Start(
            ["serve", "--bundle", Bundle, "--set", "Mqtt:Enabled=false", "--set", "Analysis:Provider=cuda"],
            cuda.Environment(("FAKE_COUNT", "0")));

        Assert.Equal(ExitCode.Environment, await appliance.WaitForExitAsync());
    }

    [Fact]
    public async Task Check_BundleWithoutHalfPrecision_SaysWhatAGpuNeeds()
    {
        using var cuda = StandInCuda.Require();
        var bundle = Path.Combine(_folder.FullName, "without");
        TinyBundle.Write(bundle);

        var (code, output) = await RunAsync(cuda.Environment(), ["check", "--bundle", bundle, "--set", "Analysis:Provider=cuda"]);

        Assert.Equal(ExitCode.Refused, code);
        Assert.Contains("the bundle has the precisions fp32, int8; a GPU needs fp16", output, StringComparison.Ordinal);
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
    public async Task Serve_DeviceLost_EndsTheProcessAndAnswersNothing()
    {
        using var cuda = StandInCuda.Require();
        await using var appliance = await ServeAsync(cuda.Environment(), "Analysis:Provider=cuda", "Analysis:KeepWarm=0s");
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
        await using var appliance = await ServeAsync(
            cuda.Environment(), "Analysis:Provider=cuda", "Analysis:KeepWarm=0s");
        await AnalyzeAsync(appliance, "你好");

        cuda.Fail("cudaGraphLaunch:1:2:0:1");
        await AnalyzeAsync(appliance, "你好");

        Assert.Single(cuda.Calls, call => call.StartsWith("FAIL cudaGraphLaunch", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Serve_AutoWhoseDeviceIsLost_GoesOnWithTheProcessorAndWarns()
    {
        using var cuda = StandInCuda.Require();
        var bundle = Path.Combine(_folder.FullName, "deep");
        TinyBundle.WriteDeepWithHalf(bundle, """{"text":"你好"}"""); // nothing is expected, so nothing is wrong
        await using var appliance = await ApplianceProcess.ServeAsync(
            bundle, null, Path.Combine(_folder.FullName, "db"), ["Analysis:KeepWarm=0s"], cuda.Environment());
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
