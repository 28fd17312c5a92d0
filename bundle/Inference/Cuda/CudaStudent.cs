using System.Globalization;
using Edge.Bundles.Inference.Batching;
using Edge.Bundles.Tasks;
using Edge.Bundles.Tokenization;
using Microsoft.ML.OnnxRuntime;

namespace Edge.Bundles.Inference.Cuda;

/// <summary>
/// Opens a student on a GPU: every node there, or not at all; every bucket captured in a CUDA graph and run once, so that a thing that is
/// missing shows now and not at a caller's utterance.
/// </summary>
public static class CudaStudent
{
    // While one session captures, an allocation or a copy of another thread fails and spoils the capture: one opens or closes at a time.
    // Runs of other sessions go on beside it, but for the time of each capture (CaptureGate).
    private static readonly Lock Gate = new();

    /// <summary>Opens a model.</summary>
    /// <param name="modelFile">ONNX file, in half precision.</param>
    /// <param name="heads">Heads that will be read.</param>
    /// <param name="shapes">The shapes that it will run.</param>
    /// <param name="device">Number of the GPU.</param>
    /// <param name="filler">A short utterance for the first runs.</param>
    /// <param name="settings">How it runs; <c>null</c>: as the appliance runs it.</param>
    /// <exception cref="CudaException">CUDA cannot be used.</exception>
    public static BatchSession Open(
        string modelFile, IReadOnlyList<HeadDefinition> heads, BatchShapes shapes, int device, TokenBuffer filler,
        CudaSettings? settings = null)
    {
        settings ??= new CudaSettings();
        CudaProbe.Found.Demand(device);
        StudentSession.LoadRuntime(); // UpdateOptions needs it
        CudaExit.Note();
        var thread = new DeviceThread($"cuda:{device}");
        lock (Gate)
        {
            BatchSession? batches = null;
            try
            {
                thread.Invoke(() =>
                {
                    var session = Load(modelFile, device, settings);
                    batches = BatchSession.Create(session, modelFile, heads, shapes, new PinnedMemory(session, device), thread,
                        // -1 is none; without an id of its own a bucket would replay another one's graph, without an error.
                        (options, number) => options.AddRunConfigEntry(
                            "gpu_graph_id", (settings.Graphs ? number : -1).ToString(CultureInfo.InvariantCulture)));
                    batches.WarmUp(filler);
                });
                return batches!;
            }
            catch (Exception failure)
            {
                if (batches is null)
                    thread.Dispose();
                else
                    batches.Dispose();
                if (failure is OnnxRuntimeException or { InnerException: OnnxRuntimeException })
                    throw new CudaException([Explain(failure, device)], failure);
                throw;
            }
        }
    }

    /// <summary>Frees a session that <see cref="Open"/> opened, not while another one captures.</summary>
    public static void Close(BatchSession session)
    {
        ArgumentNullException.ThrowIfNull(session);
        lock (Gate)
            session.Dispose();
    }

    /// <summary>Opens a model on the provider alone, every node there or not at all.</summary>
    internal static InferenceSession Load(string modelFile, int device, CudaSettings settings)
    {
        using var cuda = new OrtCUDAProviderOptions();
        cuda.UpdateOptions(new Dictionary<string, string>
        {
            ["device_id"] = device.ToString(CultureInfo.InvariantCulture),
            ["enable_cuda_graph"] = settings.Graphs ? "1" : "0",
            ["sdpa_kernel"] = settings.AttentionKernels.ToString(CultureInfo.InvariantCulture),
            ["use_tf32"] = "0", // heads compute in single precision for their bits
        });
        using var options = new SessionOptions
        {
            IntraOpNumThreads = 1,
            InterOpNumThreads = 1,
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL, // errors are thrown; not on stderr as well
        };
        // A node on the processor would copy to and fro in every run, and no graph could be captured.
        options.AddSessionConfigEntry("session.disable_cpu_ep_fallback", "1");
        // The fused one is cuDNN's, which nothing else of our files asks for: a gigabyte of libraries for two kernels.
        options.AddSessionConfigEntry("optimization.disable_specified_optimizers", "BiasSoftmaxFusion;TransposeOptimizer");
        options.AppendExecutionProvider_CUDA(cuda);
        return new InferenceSession(modelFile, options);
    }

    // The runtime's messages, from docs/adr/0013.
    private static string Explain(Exception failure, int device)
    {
        var message = (failure as OnnxRuntimeException ?? failure.InnerException!).Message;
        if (message.Contains("cuDNN", StringComparison.OrdinalIgnoreCase))
            return $"libcudnn.so.9: a node of the model asks for it ({message}): install libcudnn9-cuda-13, or export the model again";
        if (message.Contains("Failed to allocate memory", StringComparison.Ordinal)
            || message.Contains("Available memory of", StringComparison.Ordinal)
            || message.Contains("out of memory", StringComparison.OrdinalIgnoreCase)
            || message.Contains("cudaErrorMemoryAllocation", StringComparison.Ordinal))
        {
            var (free, total) = CudaProbe.Found.Memory(device);
            return $"device {device}: {free} of {total} MB of its memory are free, and the model needs more ({message}): end other " +
                "programs that use it, or use another GPU";
        }
        // With graphs the runtime complains of those first: "... as all compute graph nodes have not been partitioned to ...".
        if (message.Contains("graph capture feature", StringComparison.Ordinal)
            || message.Contains("disable_cpu_ep_fallback", StringComparison.Ordinal)
            || message.Contains("fallback to CPU", StringComparison.OrdinalIgnoreCase))
            return $"nodes of the model have no kernel for CUDA ({message}): use the fp16 file, exported by this version";
        return $"device {device}: {message}: look at nvidia-smi and at the kernel's log";
    }
}
