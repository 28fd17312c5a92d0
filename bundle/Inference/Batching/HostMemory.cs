using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;

namespace Edge.Bundles.Inference.Batching;

/// <summary>Pinned arrays, for the CPU provider.</summary>
internal sealed class HostMemory : IBatchMemory
{
    private readonly List<byte[]> _arrays = [];

    /// <inheritdoc/>
    public OrtMemoryInfo Inputs => OrtMemoryInfo.DefaultInstance;

    /// <inheritdoc/>
    public OrtMemoryInfo Outputs => OrtMemoryInfo.DefaultInstance;

    /// <inheritdoc/>
    public nint Allocate(int bytes)
    {
        var array = GC.AllocateArray<byte>(bytes, pinned: true);
        _arrays.Add(array);
        return Marshal.UnsafeAddrOfPinnedArrayElement(array, 0);
    }

    /// <inheritdoc/>
    public void Dispose() => _arrays.Clear();
}
