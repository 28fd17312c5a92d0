using Edge.Appliance.Analysis;
using Edge.Bundles.Inference;
using Edge.Bundles.Inference.Batching;
using Edge.Bundles.Inference.Cuda;
using Edge.Bundles.Tasks;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Edge.Bench.Gpu;

/// <summary>
/// Loses a GPU for this process, on purpose: a kernel writes where no memory is. Then nothing runs on it until the process ends, which
/// the appliance counts on, and all that was opened must still be freed without a crash.
/// </summary>
internal static class DeviceLoss
{
    private const nint Nowhere = 4096;

    /// <summary>Does it.</summary>
    /// <param name="directory">A bundle.</param>
    /// <param name="device">Number of the GPU.</param>
    /// <returns>What was not as the appliance counts on; empty: nothing.</returns>
    public static IReadOnlyList<string> Provoke(string directory, int device)
    {
        using var bundle = ServedBundle.Open(directory, "--bundle", "auto", onProcessor: false);
        var (heads, shapes, filler) = (bundle.Task.Heads, new BatchShapes(bundle.Task.MaxLength), BatchAnalyzer.Filler(bundle));
        var problems = new List<string>();
        var served = CudaStudent.Open(bundle.ModelFile, heads, shapes, device, filler);
        try
        {
            served.Run([filler]);
            if (!Fails<OnnxRuntimeException>(() => WriteNowhere(bundle, shapes, device)))
                problems.Add("a kernel wrote to address 4096, and the run did not fail");
            if (!Fails<InvalidOperationException>(() => served.Run([filler])))
                problems.Add("the session that served before runs on");
        }
        finally
        {
            CudaStudent.Close(served);
        }
        return problems;
    }

    private static void WriteNowhere(ServedBundle bundle, BatchShapes shapes, int device)
    {
        using var session = CudaStudent.Load(bundle.ModelFile, device, new CudaSettings { Graphs = false });
        using var memory = new PinnedMemory(session, device);
        using var options = new RunOptions();
        using var binding = session.CreateIoBinding();
        var (filler, head) = (BatchAnalyzer.Filler(bundle), bundle.Task.Heads[0]);
        var shape = shapes.For(1, filler.View.Length);
        var inputs = new BatchInputs(memory, shapes, ModelSignature.ReadNgrams(bundle.ModelFile, session));
        inputs.Write([filler], shape);
        var values = session.InputNames.Select(name => (Name: name, Value: inputs.Tensor(name, memory.Inputs, shape))).ToArray();
        try
        {
            foreach (var (name, value) in values)
                binding.BindInput(name, value);
            long[] sizes = head.Kind == HeadKind.Span
                ? [shape.Rows, shape.Length, head.OutputCount]
                : [shape.Rows, head.OutputCount];
            using var output = OrtValue.CreateTensorValueWithData(
                memory.Outputs, TensorElementType.Float, sizes, Nowhere, sizes.Aggregate(1L, (a, b) => a * b) * sizeof(float));
            binding.BindOutput(head.Name, output);
            session.RunWithBinding(options, binding);
        }
        finally
        {
            foreach (var (_, value) in values)
                value.Dispose();
        }
    }

    private static bool Fails<T>(Action action)
        where T : Exception
    {
        try
        {
            action();
            return false;
        }
        catch (T)
        {
            return true;
        }
    }
}
