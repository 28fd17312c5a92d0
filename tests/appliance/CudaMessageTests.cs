using Edge.Appliance.Tests.Support;
using Edge.Bundles.Common;
using Edge.Bundles.Inference.Cuda;
using Google.Protobuf;
using Onnx;

namespace Edge.Appliance.Tests;

/// <summary>CUDA that cannot be had: each cause is named, with what to do.</summary>
public sealed class CudaMessageTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("edge-cuda-message-test-");

    private string Bundle { get; }

    public CudaMessageTests()
    {
        Bundle = Path.Combine(_folder.FullName, "bundle");
        TinyBundle.WriteWithHalf(Bundle);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Check_BuildWithoutCuda_SaysHowToBuildIt()
    {
        Assert.SkipWhen(CudaProbe.IsBuiltIn, "this build has CUDA");

        var (code, output) = await CheckAsync([]);

        Assert.Equal(ExitCode.Refused, code);
        Assert.Contains("this build is without CUDA: build with ./build.sh build --gpu", output, StringComparison.Ordinal);
        Assert.Contains("Nothing runs on the processor instead", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("libcudart.so.13", "install cuda-cudart-13-0")]
    [InlineData("libcublasLt.so.13", "install libcublas-13-0")]
    [InlineData("libcublas.so.13", "install libcublas-13-0")]
    [InlineData("libcurand.so.10", "install libcurand-13-0")]
    [InlineData("libcuda.so.1", "install NVIDIA's driver, 580 or later")]
    public async Task Check_LibraryMissing_NamesItAndTheRemedy(string library, string remedy)
    {
        using var cuda = StandInCuda.Require(library);

        var (code, output) = await CheckAsync(cuda.Environment());

        Assert.Equal(ExitCode.Refused, code);
        Assert.Contains(
            $"{library}: cannot open shared object file: No such file or directory: {remedy}, or name its folder in LD_LIBRARY_PATH",
            output, StringComparison.Ordinal);
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
    [InlineData("cuda", "FAKE_FAIL", "cudaGetDeviceCount:1:100", "there is no GPU that CUDA can use: look at nvidia-smi")]
    [InlineData("cuda", "FAKE_FAIL", "cudaGetDeviceCount:1:802", "CUDA failure 802, cudaErrorSystemNotReady: ")]
    [InlineData("cuda:0,2", "FAKE_COUNT", "2", "device 2: there are 2, from 0; name another one, or look at CUDA_VISIBLE_DEVICES")]
    [InlineData("cuda:3", "FAKE_COUNT", "1", "device 3: there is 1, number 0; name another one")]
    [InlineData("cuda", "FAKE_CC", "70", "has compute capability 7.0; ONNX Runtime has code for 7.5, 8.x, 9.0 and 12.0")]
    [InlineData("cuda", "FAKE_CC", "100", "has compute capability 10.0")]
    [InlineData("cuda", "FAKE_DRIVER", "12040", "the driver runs CUDA 12.4, and 13.0 is needed: install NVIDIA's driver, 580 or later")]
    [InlineData("cuda", "FAKE_FAIL", "cudaGetDeviceCount:1:35", "13.0 is needed: install NVIDIA's driver, 580 or later")]
    [InlineData("cuda", "FAKE_MEM", "100000", "MB of its memory are free, and the model needs more")]
    [InlineData("cuda", "FAKE_FAIL", "cudaMalloc:2:2", "MB of its memory are free, and the model needs more")]
    [InlineData("cuda", "FAKE_FAIL", "cudaMallocHost:1:2", "MB of its memory are free, and the model needs more")]
    [InlineData("cuda", "FAKE_FAIL", "cudaStreamEndCapture:1:901", "look at nvidia-smi and at the kernel's log")]
    [InlineData("cuda", "FAKE_FAIL", "cudaGraphInstantiate:1:209", "look at nvidia-smi and at the kernel's log")]
    [InlineData("cuda", "FAKE_FAIL", "cublasCreate_v2:1:1", "look at nvidia-smi and at the kernel's log")]
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

        var (code, output) = await CheckAsync(cuda.Environment(), bundle: bundle);

        Assert.Equal(ExitCode.Refused, code);
        Assert.Contains("the bundle has the precisions fp32, int8; a GPU needs fp16", output, StringComparison.Ordinal);
    }

    // cuDNN is hidden from every test here: the files that the trainer writes need none.
    [Fact]
    public async Task Check_NodeThatAsksForCudnn_NamesTheLibrary()
    {
        using var cuda = StandInCuda.Require();
        var bundle = ChangedBundle(
            Node("Unsqueeze", ["before", "axes"], "four"), Node("GlobalAveragePool", ["four"], "mean"),
            Node("Squeeze", ["mean", "axes"], "intent"));

        var (code, output) = await CheckAsync(cuda.Environment(), bundle: bundle);

        Assert.Equal(ExitCode.Refused, code);
        Assert.Contains("libcudnn.so.9: a node of the model asks for it (", output, StringComparison.Ordinal);
        Assert.Contains("install libcudnn9-cuda-13, or export the model again", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_NodeWithoutAKernel_IsNotRunOnTheProcessor()
    {
        using var cuda = StandInCuda.Require();

        var (code, output) = await CheckAsync(cuda.Environment(), bundle: ChangedBundle(Node("Atan", ["before"], "intent")));

        Assert.Equal(ExitCode.Refused, code);
        Assert.True(output.Contains("nodes of the model have no kernel for CUDA (", StringComparison.Ordinal), output);
        Assert.Contains("use the fp16 file, exported by this version", output, StringComparison.Ordinal);
    }

    // What was the head's logits goes through further nodes, from "before" to "intent".
    private string ChangedBundle(params NodeProto[] nodes)
    {
        var bundle = Path.Combine(_folder.FullName, "changed");
        TinyBundle.WriteWithChangedHalf(bundle, file =>
        {
            var model = ModelProto.Parser.ParseFrom(File.ReadAllBytes(file));
            var graph = model.Graph;
            var outputs = graph.Node.Single(node => node.Output.Contains("intent")).Output;
            outputs[outputs.IndexOf("intent")] = "before";
            var axes = new TensorProto { Name = "axes", DataType = (int)TensorProto.Types.DataType.Int64, Dims = { 2 } };
            axes.Int64Data.AddRange([2, 3]);
            graph.Initializer.Add(axes);
            graph.Node.Add(nodes);
            File.WriteAllBytes(file, model.ToByteArray());
        });
        return bundle;
    }

    private static NodeProto Node(string type, string[] inputs, string output) =>
        new() { OpType = type, Name = $"changed/{type}", Input = { inputs }, Output = { output } };

    private async Task<(int Code, string Output)> CheckAsync(
        Dictionary<string, string> environment, string provider = "cuda", string? bundle = null)
    {
        await using var appliance = ApplianceProcess.Start(
            ["check", "--bundle", bundle ?? Bundle, "--set", $"Analysis:Provider={provider}", "--set", "Mqtt:Enabled=false"], environment);
        return (await appliance.WaitForExitAsync(), appliance.Output);
    }
}
