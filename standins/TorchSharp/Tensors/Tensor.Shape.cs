using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public unsafe partial class Tensor
    {
        public Tensor view(params long[] shape) => Call.WithDims(&NativeMethods.et_view, this, shape);

        public Tensor view_as(Tensor other) => view(other.shape);

        public Tensor reshape(params long[] shape) => Call.WithDims(&NativeMethods.et_reshape, this, shape);

        public Tensor permute(params long[] permutation) => Call.WithDims(&NativeMethods.et_permute, this, permutation);

        public Tensor permute(IEnumerable<long> permutation) => permute(permutation.ToArray());

        public Tensor repeat(params long[] sizes) => Call.WithDims(&NativeMethods.et_repeat, this, sizes);

        public Tensor flip(params long[] dims) => Call.WithDims(&NativeMethods.et_flip, this, dims);

        public Tensor transpose(long dim0, long dim1) => Call.WithLongs(&NativeMethods.et_transpose, this, dim0, dim1);

        public Tensor t() => Call.Unary(&NativeMethods.et_t, this);

        public Tensor T => permute(Enumerable.Range(0, (int)ndim).Reverse().Select(d => (long)d));

        public Tensor mT => transpose(-2, -1);

        public Tensor unsqueeze(long dim) => Call.WithLong(&NativeMethods.et_unsqueeze, this, dim);

        public Tensor squeeze(long? dim = null) =>
            dim is null ? Call.Unary(&NativeMethods.et_squeeze, this) : Call.WithLong(&NativeMethods.et_squeeze_dim, this, dim.Value);

        public Tensor flatten(long start_dim = 0, long end_dim = -1) => Call.WithLongs(&NativeMethods.et_flatten, this, start_dim, end_dim);

        public Tensor expand(params long[] sizes) => expand(sizes, false);

        public Tensor expand(long[] sizes, bool isImplicit = false) => expand((ReadOnlySpan<long>)sizes, isImplicit);

        public Tensor expand(ReadOnlySpan<long> sizes, bool isImplicit = false)
        {
            nint result;
            int status;
            fixed (long* pointer = sizes)
                status = NativeMethods.et_expand(Handle, pointer, sizes.Length, isImplicit ? 1 : 0, &result);
            GC.KeepAlive(this);
            Call.Check(status);
            return new Tensor(result);
        }

        public Tensor expand_as(Tensor other) => expand(other.shape);

        public Tensor broadcast_to(params long[] shape) => expand(shape);

        public Tensor repeat_interleave(long repeats, long? dim = null, long? output_size = null)
        {
            nint result;
            var status = NativeMethods.et_repeat_interleave(Handle, repeats, dim ?? 0, dim is null ? 0 : 1, &result);
            GC.KeepAlive(this);
            Call.Check(status);
            return new Tensor(result);
        }

        public Tensor narrow(long dim, long start, long length)
        {
            nint result;
            var status = NativeMethods.et_narrow(Handle, dim, start, length, &result);
            GC.KeepAlive(this);
            Call.Check(status);
            return new Tensor(result);
        }

        public Tensor select(long dim, long index) => Call.WithLongs(&NativeMethods.et_select, this, dim, index);

        public Tensor slice(long dim, long start, long finish, long step)
        {
            nint result;
            var status = NativeMethods.et_slice(Handle, dim, start, finish, step, &result);
            GC.KeepAlive(this);
            Call.Check(status);
            return new Tensor(result);
        }

        public Tensor[] split(long size, int dim = 0) => Parts(&NativeMethods.et_split, size, dim);

        public Tensor[] split(long[] sizes, long dim = 0) => split((ReadOnlySpan<long>)sizes, dim);

        public Tensor[] split(ReadOnlySpan<long> sizes, long dim = 0)
        {
            nint list;
            long count;
            int status;
            fixed (long* pointer = sizes)
                status = NativeMethods.et_split_sizes(Handle, pointer, sizes.Length, dim, &list, &count);
            GC.KeepAlive(this);
            Call.Check(status);
            return Call.Take(list, count);
        }

        public Tensor[] chunk(long chunks, long dim = 0L) => Parts(&NativeMethods.et_chunk, chunks, dim);

        public Tensor[] unbind(long dimension = 0L)
        {
            nint list;
            long count;
            var status = NativeMethods.et_unbind(Handle, dimension, &list, &count);
            GC.KeepAlive(this);
            Call.Check(status);
            return Call.Take(list, count);
        }

        public Tensor triu(long diagonal = 0) => Call.WithLong(&NativeMethods.et_triu, this, diagonal);

        public Tensor tril(long diagonal = 0) => Call.WithLong(&NativeMethods.et_tril, this, diagonal);

        private Tensor[] Parts(delegate*<nint, long, long, nint*, long*, int> entry, long value, long dim)
        {
            nint list;
            long count;
            var status = entry(Handle, value, dim, &list, &count);
            GC.KeepAlive(this);
            Call.Check(status);
            return Call.Take(list, count);
        }
    }
}
