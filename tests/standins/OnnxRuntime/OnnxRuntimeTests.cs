using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Edge.Standins.Tests.OnnxRuntime;

/// <summary>What the product relies on; passes with the real package too.</summary>
public class OnnxRuntimeTests
{
    // ModelProto, written by hand: ir 8, opset 13, graph { y = Neg(x) }, x and y float[n].
    private static readonly byte[] _negate =
    [
        0x08, 8, // ir_version
        0x42, 4, 0x0A, 0, 0x10, 13, // opset_import { domain "", version 13 }
        0x3A, 56, // graph
        0x0A, 13, 0x0A, 1, (byte)'x', 0x12, 1, (byte)'y', 0x22, 3, (byte)'N', (byte)'e', (byte)'g', 0x3A, 0, // node
        0x12, 1, (byte)'g', // name
        0x5A, 17, 0x0A, 1, (byte)'x', 0x12, 12, 0x0A, 10, 0x08, 1, 0x12, 6, 0x0A, 4, 0x12, 2, (byte)'n', (byte)'1', // input
        0x62, 17, 0x0A, 1, (byte)'y', 0x12, 12, 0x0A, 10, 0x08, 1, 0x12, 6, 0x0A, 4, 0x12, 2, (byte)'n', (byte)'1', // output
    ];

    [Fact]
    public void Version_IsTheOneThatIsPinned() =>
        Assert.StartsWith(typeof(OrtEnv).Assembly.GetName().Name!.StartsWith("Edge.Standins.", StringComparison.Ordinal) ? "1.29" : "1.31", OrtEnv.Instance().GetVersionString(), StringComparison.Ordinal);

    [Fact]
    public void RunWithBinding_PinnedBuffers_WritesTheOutputInPlace()
    {
        using var session = new InferenceSession(_negate);
        using var options = new RunOptions();
        using var binding = session.CreateIoBinding();
        var (input, output) = (new float[] { 1, -2, 3 }, new float[3]);
        using var x = OrtValue.CreateTensorValueFromMemory(input, [3]);
        using var y = OrtValue.CreateTensorValueFromMemory(output, [3]);
        binding.BindInput("x", x);
        binding.BindOutput("y", y);

        session.RunWithBinding(options, binding);
        input[0] = 7; // a binding reads the buffer again at every run
        session.RunWithBinding(options, binding);

        Assert.Equal([-7, 2, -3], output);
    }

    [Fact]
    public void Metadata_UnknownSizes_AreMinusOne()
    {
        using var session = new InferenceSession(_negate);

        Assert.Equal(["x"], session.InputNames);
        Assert.Equal([-1], session.OutputMetadata["y"].Dimensions);
        Assert.Equal(typeof(float), session.OutputMetadata["y"].ElementType);
    }

    [Fact]
    public void Load_NoModel_ThrowsOnnxRuntimeException() =>
        Assert.Throws<OnnxRuntimeException>(() => new InferenceSession([1, 2, 3]));

    [Fact]
    public void Run_WrongType_ThrowsOnnxRuntimeException()
    {
        using var session = new InferenceSession(_negate);
        var wrong = NamedOnnxValue.CreateFromTensor("x", new DenseTensor<long>(new long[3], [3]));

        Assert.Throws<OnnxRuntimeException>(() => session.Run([wrong]));
    }

    [Fact]
    public void Cuda_InABuildWithoutIt_ThrowsOneOfTwoExceptions()
    {
        using var options = new SessionOptions();
        Assert.SkipWhen(OrtEnv.Instance().GetAvailableProviders().Contains("CUDAExecutionProvider"), "this build has CUDA");

        var failure = Record.Exception(() => options.AppendExecutionProvider_CUDA(0));

        Assert.True(failure is EntryPointNotFoundException or OnnxRuntimeException, $"{failure?.GetType()}: callers must fall back on both");
    }
}
