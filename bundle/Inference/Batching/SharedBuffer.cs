using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Edge.Bundles.Inference.Batching;

/// <summary>An input or output of a model: memory for the largest batch, in which every bucket has its own shape.</summary>
/// <param name="memory">Where it lies.</param>
/// <param name="count">Elements of the largest batch.</param>
internal sealed class SharedBuffer<T>(IBatchMemory memory, int count)
    where T : unmanaged
{
    private readonly nint _address = memory.Allocate(count * Unsafe.SizeOf<T>());

    /// <summary>All of it.</summary>
    public Span<T> Span => MemoryMarshal.CreateSpan(ref Unsafe.AddByteOffset(ref Unsafe.NullRef<T>(), _address), count);

    /// <summary>Its beginning as a tensor.</summary>
    public OrtValue Tensor(OrtMemoryInfo info, TensorElementType type, params long[] shape) => OrtValue.CreateTensorValueWithData(
        info, type, shape, _address, shape.Aggregate((long)Unsafe.SizeOf<T>(), (product, size) => product * size));
}
