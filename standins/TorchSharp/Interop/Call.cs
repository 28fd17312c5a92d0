using System.Runtime.InteropServices;
using Tensor = TorchSharp.torch.Tensor;

namespace TorchSharp.Interop;

/// <summary>
/// Calls of native entries by the shape of their arguments. Each keeps its tensors reachable until the entry has returned:
/// the garbage collector may otherwise finalize a wrapper whose bare handle is in use.
/// </summary>
internal static unsafe class Call
{
    internal static void Check(int status)
    {
        if (status != 0)
            throw new ExternalException(Marshal.PtrToStringUTF8((nint)NativeMethods.et_last_error()));
    }

    internal static nint HandleOf(Tensor? tensor) => tensor is null ? 0 : tensor.Handle;

    internal static Tensor Unary(delegate*<nint, nint*, int> entry, Tensor self)
    {
        nint result;
        var status = entry(self.Handle, &result);
        GC.KeepAlive(self);
        Check(status);
        return new Tensor(result);
    }

    internal static Tensor InPlace(delegate*<nint, int> entry, Tensor self)
    {
        var status = entry(self.Handle);
        GC.KeepAlive(self);
        Check(status);
        return self;
    }

    internal static Tensor Binary(delegate*<nint, nint, nint*, int> entry, Tensor self, Tensor other)
    {
        nint result;
        var status = entry(self.Handle, other.Handle, &result);
        GC.KeepAlive(self);
        GC.KeepAlive(other);
        Check(status);
        return new Tensor(result);
    }

    internal static Tensor InPlace(delegate*<nint, nint, int> entry, Tensor self, Tensor other)
    {
        var status = entry(self.Handle, other.Handle);
        GC.KeepAlive(self);
        GC.KeepAlive(other);
        Check(status);
        return self;
    }

    internal static Tensor WithScalar(delegate*<nint, NativeScalar, nint*, int> entry, Tensor self, Scalar other)
    {
        nint result;
        var status = entry(self.Handle, other.Value, &result);
        GC.KeepAlive(self);
        Check(status);
        return new Tensor(result);
    }

    internal static Tensor InPlace(delegate*<nint, NativeScalar, int> entry, Tensor self, Scalar other)
    {
        var status = entry(self.Handle, other.Value);
        GC.KeepAlive(self);
        Check(status);
        return self;
    }

    internal static Tensor WithLong(delegate*<nint, long, nint*, int> entry, Tensor self, long value)
    {
        nint result;
        var status = entry(self.Handle, value, &result);
        GC.KeepAlive(self);
        Check(status);
        return new Tensor(result);
    }

    internal static Tensor WithLongs(delegate*<nint, long, long, nint*, int> entry, Tensor self, long a, long b)
    {
        nint result;
        var status = entry(self.Handle, a, b, &result);
        GC.KeepAlive(self);
        Check(status);
        return new Tensor(result);
    }

    internal static Tensor WithDims(delegate*<nint, long*, long, nint*, int> entry, Tensor self, ReadOnlySpan<long> dims)
    {
        nint result;
        int status;
        fixed (long* pointer = dims)
            status = entry(self.Handle, pointer, dims.Length, &result);
        GC.KeepAlive(self);
        Check(status);
        return new Tensor(result);
    }

    internal static Tensor WithDim(delegate*<nint, long, int, nint*, int> entry, Tensor self, long dim, bool keep)
    {
        nint result;
        var status = entry(self.Handle, dim, keep ? 1 : 0, &result);
        GC.KeepAlive(self);
        Check(status);
        return new Tensor(result);
    }

    internal static Tensor WithDimAndType(delegate*<nint, long, int, nint*, int> entry, Tensor self, long dim, int type)
    {
        nint result;
        var status = entry(self.Handle, dim, type, &result);
        GC.KeepAlive(self);
        Check(status);
        return new Tensor(result);
    }

    internal static (Tensor, Tensor) Pair(delegate*<nint, long, int, nint*, nint*, int> entry, Tensor self, long dim, bool keep)
    {
        nint values, indexes;
        var status = entry(self.Handle, dim, keep ? 1 : 0, &values, &indexes);
        GC.KeepAlive(self);
        Check(status);
        return (new Tensor(values), new Tensor(indexes));
    }

    internal static bool Flag(delegate*<nint, int*, int> entry, Tensor self)
    {
        int result;
        var status = entry(self.Handle, &result);
        GC.KeepAlive(self);
        Check(status);
        return result != 0;
    }

    internal static long Number(delegate*<nint, long*, int> entry, Tensor self)
    {
        long result;
        var status = entry(self.Handle, &result);
        GC.KeepAlive(self);
        Check(status);
        return result;
    }

    internal static nint[] HandlesOf(IReadOnlyCollection<Tensor> tensors)
    {
        var handles = new nint[tensors.Count];
        var i = 0;
        foreach (var tensor in tensors)
            handles[i++] = tensor.Handle;
        return handles;
    }

    internal static Tensor Joined(delegate*<nint*, long, long, nint*, int> entry, IReadOnlyCollection<Tensor> tensors, long dim)
    {
        var handles = HandlesOf(tensors);
        nint result;
        int status;
        fixed (nint* pointer = handles)
            status = entry(pointer, handles.Length, dim, &result);
        GC.KeepAlive(tensors);
        Check(status);
        return new Tensor(result);
    }

    /// <summary>Takes the tensors out of a native list and frees the list.</summary>
    internal static Tensor[] Take(nint list, long count)
    {
        try
        {
            var result = new Tensor[count];
            for (var i = 0L; i < count; i++)
            {
                nint tensor;
                Check(NativeMethods.et_list_take(list, i, &tensor));
                result[i] = new Tensor(tensor);
            }
            return result;
        }
        finally
        {
            Check(NativeMethods.et_list_free(list));
        }
    }
}
