namespace Edge.Bundles.Inference.Cuda;

/// <summary>How a student runs on a GPU. The appliance has the defaults; other values are for measuring what they are worth.</summary>
public sealed record CudaSettings
{
    /// <summary>Whether each bucket is captured in a CUDA graph.</summary>
    public bool Graphs { get; init; } = true;

    /// <summary>
    /// The provider's <c>sdpa_kernel</c>, a sum of 1 (flash), 2 (memory-efficient), 8 (cuDNN) and 16 (plain); 0: its own choice. Read by
    /// ONNX Runtime's attention operators, which the trainer's files do not have.
    /// </summary>
    public int AttentionKernels { get; init; }
}
