using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public unsafe partial class Tensor
    {
        public Tensor sum(ScalarType? type = null)
        {
            nint result;
            var status = NativeMethods.et_sum(Handle, CodeOf(type), &result);
            GC.KeepAlive(this);
            Call.Check(status);
            return new Tensor(result);
        }

        public Tensor sum(long[] dim, bool keepdim = false, ScalarType? type = null) => Reduce(&NativeMethods.et_sum_dims, dim, keepdim, CodeOf(type));

        public Tensor sum(ReadOnlySpan<long> dim, bool keepdim = false, ScalarType? type = null) => Reduce(&NativeMethods.et_sum_dims, dim, keepdim, CodeOf(type));

        public Tensor sum(long dim, bool keepdim = false, ScalarType? type = null) => Reduce(&NativeMethods.et_sum_dims, [dim], keepdim, CodeOf(type));

        public Tensor mean()
        {
            nint result;
            var status = NativeMethods.et_mean(Handle, -1, &result);
            GC.KeepAlive(this);
            Call.Check(status);
            return new Tensor(result);
        }

        public Tensor mean(long[] dimensions, bool keepdim = false, ScalarType? type = null) =>
            Reduce(&NativeMethods.et_mean_dims, dimensions, keepdim, CodeOf(type));

        public Tensor max() => Call.Unary(&NativeMethods.et_max, this);

        public Tensor min() => Call.Unary(&NativeMethods.et_min, this);

        public (Tensor values, Tensor indexes) max(long dim, bool keepdim = false) => Call.Pair(&NativeMethods.et_max_dim, this, dim, keepdim);

        public (Tensor values, Tensor indexes) min(long dim, bool keepdim = false) => Call.Pair(&NativeMethods.et_min_dim, this, dim, keepdim);

        public Tensor amax(params long[] dims) => Extreme(&NativeMethods.et_amax, dims, false);

        public Tensor amax(long[] dims, bool keepdim) => Extreme(&NativeMethods.et_amax, dims, keepdim);

        public Tensor amin(params long[] dims) => Extreme(&NativeMethods.et_amin, dims, false);

        public Tensor amin(long[] dims, bool keepdim) => Extreme(&NativeMethods.et_amin, dims, keepdim);

        public Tensor argmax() => Call.Unary(&NativeMethods.et_argmax, this);

        public Tensor argmax(long dim, bool keepdim = false) => Call.WithDim(&NativeMethods.et_argmax_dim, this, dim, keepdim);

        public Tensor argmin() => Call.Unary(&NativeMethods.et_argmin, this);

        public Tensor argmin(long dim, bool keepdim = false) => Call.WithDim(&NativeMethods.et_argmin_dim, this, dim, keepdim);

        public Tensor all() => Call.Unary(&NativeMethods.et_all, this);

        public Tensor all(long dim, bool keepdim = false) => Call.WithDim(&NativeMethods.et_all_dim, this, dim, keepdim);

        public Tensor any() => Call.Unary(&NativeMethods.et_any, this);

        public Tensor any(long dim, bool keepdim = false) => Call.WithDim(&NativeMethods.et_any_dim, this, dim, keepdim);

        public Tensor prod() => Call.Unary(&NativeMethods.et_prod, this);

        public Tensor logsumexp(long dim, bool keepdim = false) => Call.WithDim(&NativeMethods.et_logsumexp, this, dim, keepdim);

        public (Tensor values, Tensor indexes) topk(int k, int dim = -1, bool largest = true, bool sorted = true)
        {
            nint values, indexes;
            var status = NativeMethods.et_topk(Handle, k, dim, largest ? 1 : 0, sorted ? 1 : 0, &values, &indexes);
            GC.KeepAlive(this);
            Call.Check(status);
            return (new Tensor(values), new Tensor(indexes));
        }

        public (Tensor Values, Tensor Indices) sort(long dim = -1, bool descending = false, bool stable = false)
        {
            nint values, indexes;
            var status = NativeMethods.et_sort(Handle, dim, descending ? 1 : 0, stable ? 1 : 0, &values, &indexes);
            GC.KeepAlive(this);
            Call.Check(status);
            return (new Tensor(values), new Tensor(indexes));
        }

        public Tensor argsort(long dim = -1, bool descending = false) => Call.WithDim(&NativeMethods.et_argsort, this, dim, descending);

        public Tensor cumsum(long dim, ScalarType? type = null) => Call.WithDimAndType(&NativeMethods.et_cumsum, this, dim, CodeOf(type));

        public Tensor softmax(long dim, ScalarType? dtype = null) => Call.WithDimAndType(&NativeMethods.et_softmax, this, dim, CodeOf(dtype));

        public Tensor log_softmax(long dim, ScalarType? dtype = null) => Call.WithDimAndType(&NativeMethods.et_log_softmax, this, dim, CodeOf(dtype));

        public Tensor norm(float p = 2.0f)
        {
            nint result;
            var status = NativeMethods.et_norm(Handle, p, &result);
            GC.KeepAlive(this);
            Call.Check(status);
            return new Tensor(result);
        }

        public Tensor norm(int dim, bool keepdim = false, float p = 2.0f)
        {
            nint result;
            var status = NativeMethods.et_norm_dim(Handle, p, dim, keepdim ? 1 : 0, &result);
            GC.KeepAlive(this);
            Call.Check(status);
            return new Tensor(result);
        }

        public Tensor std(bool unbiased = true) => Spread(&NativeMethods.et_std, unbiased);

        public Tensor var(bool unbiased = true) => Spread(&NativeMethods.et_var, unbiased);

        public Tensor std(long[] dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            Spread(&NativeMethods.et_std_dims, dimensions, unbiased, keepdim, type);

        public Tensor var(long[] dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            Spread(&NativeMethods.et_var_dims, dimensions, unbiased, keepdim, type);

        public Tensor std(long dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) => std([dim], unbiased, keepdim, type);

        public Tensor var(long dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) => var([dim], unbiased, keepdim, type);

        private static int CodeOf(ScalarType? type) => type is null ? -1 : (int)type;

        private Tensor Reduce(delegate*<nint, long*, long, int, int, nint*, int> entry, ReadOnlySpan<long> dims, bool keep, int type)
        {
            nint result;
            int status;
            fixed (long* pointer = dims)
                status = entry(Handle, pointer, dims.Length, keep ? 1 : 0, type, &result);
            GC.KeepAlive(this);
            Call.Check(status);
            return new Tensor(result);
        }

        private Tensor Extreme(delegate*<nint, long*, long, int, nint*, int> entry, long[] dims, bool keep)
        {
            nint result;
            int status;
            fixed (long* pointer = dims)
                status = entry(Handle, pointer, dims.Length, keep ? 1 : 0, &result);
            GC.KeepAlive(this);
            Call.Check(status);
            return new Tensor(result);
        }

        private Tensor Spread(delegate*<nint, int, nint*, int> entry, bool unbiased)
        {
            nint result;
            var status = entry(Handle, unbiased ? 1 : 0, &result);
            GC.KeepAlive(this);
            Call.Check(status);
            return new Tensor(result);
        }

        private Tensor Spread(
            delegate*<nint, long*, long, int, int, nint*, int> entry, long[] dims, bool unbiased, bool keep, ScalarType? type)
        {
            nint result;
            int status;
            using var converted = type is null || type == dtype ? null : to_type(type.Value);
            var source = converted ?? this;
            fixed (long* pointer = dims)
                status = entry(source.Handle, pointer, dims.Length, unbiased ? 1 : 0, keep ? 1 : 0, &result);
            GC.KeepAlive(source);
            Call.Check(status);
            return new Tensor(result);
        }
    }
}
