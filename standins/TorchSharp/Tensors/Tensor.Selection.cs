using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public unsafe partial class Tensor
    {
        public Tensor index_select(long dim, Tensor index) => AlongIndex(&NativeMethods.et_index_select, dim, index);

        public Tensor gather(long dim, Tensor index) => AlongIndex(&NativeMethods.et_gather, dim, index);

        public Tensor scatter(long dim, Tensor index, Tensor src) => FromSource(&NativeMethods.et_scatter, dim, index, src);

        public Tensor scatter_add(long dim, Tensor index, Tensor src) => FromSource(&NativeMethods.et_scatter_add, dim, index, src);

        public Tensor scatter_(long dim, Tensor index, Tensor src)
        {
            var status = NativeMethods.et_scatter_(Handle, dim, index.Handle, src.Handle);
            GC.KeepAlive(this);
            GC.KeepAlive(index);
            GC.KeepAlive(src);
            Call.Check(status);
            return this;
        }

        public Tensor masked_fill(Tensor mask, Scalar value)
        {
            nint result;
            var status = NativeMethods.et_masked_fill(Handle, mask.Handle, value.Value, &result);
            GC.KeepAlive(this);
            GC.KeepAlive(mask);
            Call.Check(status);
            return new Tensor(result);
        }

        public Tensor masked_fill_(Tensor mask, Scalar value)
        {
            var status = NativeMethods.et_masked_fill_(Handle, mask.Handle, value.Value);
            GC.KeepAlive(this);
            GC.KeepAlive(mask);
            Call.Check(status);
            return this;
        }

        public Tensor masked_select(Tensor mask) => Call.Binary(&NativeMethods.et_masked_select, this, mask);

        public Tensor nonzero() => Call.Unary(&NativeMethods.et_nonzero, this);

        public Tensor where(Tensor condition, Tensor y)
        {
            if (condition.dtype != ScalarType.Bool)
                throw new ArgumentException("The condition to 'where' must be a boolean tensor.");
            nint result;
            var status = NativeMethods.et_where(condition.Handle, Handle, y.Handle, &result);
            GC.KeepAlive(this);
            GC.KeepAlive(condition);
            GC.KeepAlive(y);
            Call.Check(status);
            return new Tensor(result);
        }

        public Tensor bincount(Tensor? weights, long minlength = 0)
        {
            nint result;
            var status = NativeMethods.et_bincount(Handle, Call.HandleOf(weights), minlength, &result);
            GC.KeepAlive(this);
            GC.KeepAlive(weights);
            Call.Check(status);
            return new Tensor(result);
        }

        public Tensor index_put_(Tensor value, params Tensor[] indices) => index_put_(value, indices, false);

        public Tensor index_put_(Tensor value, Tensor[] indices, bool accumulate = false)
        {
            var handles = Call.HandlesOf(indices);
            int status;
            fixed (nint* pointer = handles)
                status = NativeMethods.et_index_put_(Handle, pointer, handles.Length, value.Handle, accumulate ? 1 : 0);
            GC.KeepAlive(this);
            GC.KeepAlive(indices);
            GC.KeepAlive(value);
            Call.Check(status);
            return this;
        }

        public Tensor index_put_(Tensor value, params TensorIndex[] indices)
        {
            SetAt(indices, value);
            return this;
        }

        private Tensor AlongIndex(delegate*<nint, long, nint, nint*, int> entry, long dim, Tensor index)
        {
            nint result;
            var status = entry(Handle, dim, index.Handle, &result);
            GC.KeepAlive(this);
            GC.KeepAlive(index);
            Call.Check(status);
            return new Tensor(result);
        }

        private Tensor FromSource(delegate*<nint, long, nint, nint, nint*, int> entry, long dim, Tensor index, Tensor source)
        {
            nint result;
            var status = entry(Handle, dim, index.Handle, source.Handle, &result);
            GC.KeepAlive(this);
            GC.KeepAlive(index);
            GC.KeepAlive(source);
            Call.Check(status);
            return new Tensor(result);
        }
    }
}
