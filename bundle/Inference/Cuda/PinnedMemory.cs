using Edge.Bundles.Inference.Batching;
using Microsoft.ML.OnnxRuntime;

namespace Edge.Bundles.Inference.Cuda;

/// <summary>
/// Host memory that a GPU reads and writes itself. Inputs are bound as what it is. An output bound so is refused by the runtime, so outputs
/// are bound as device memory at the same address, which CUDA makes equal.
/// </summary>
internal sealed class PinnedMemory : IBatchMemory
{
    private readonly OrtAllocator _allocator;
    private readonly List<OrtMemoryAllocation> _allocations = [];

    /// <summary>Prepares to take memory.</summary>
    public PinnedMemory(InferenceSession session, int device)
    {
        Inputs = new OrtMemoryInfo(
            OrtMemoryInfo.allocatorCUDA_PINNED, OrtAllocatorType.DeviceAllocator, device, OrtMemType.Default);
        Outputs = new OrtMemoryInfo(OrtMemoryInfo.allocatorCUDA, OrtAllocatorType.DeviceAllocator, device, OrtMemType.Default);
        _allocator = new OrtAllocator(session, Inputs);
    }

    /// <inheritdoc/>
    public OrtMemoryInfo Inputs { get; }

    /// <inheritdoc/>
    public OrtMemoryInfo Outputs { get; }

    /// <inheritdoc/>
    public nint Allocate(int bytes)
    {
        var allocation = _allocator.Allocate((uint)bytes);
        _allocations.Add(allocation);
        return allocation.DangerousGetHandle();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var allocation in _allocations)
            allocation.Dispose();
        _allocations.Clear();
        _allocator.Dispose();
        Inputs.Dispose();
        Outputs.Dispose();
    }
}
