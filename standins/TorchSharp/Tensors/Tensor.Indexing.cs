using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public unsafe partial class Tensor
    {
        public Tensor this[params TensorIndex[] indices]
        {
            get => index(indices);
            set => SetAt(indices, value);
        }

        public Tensor this[params Tensor[] indices]
        {
            get => index(indices);
            set => index_put_(value, indices, false);
        }

        public Tensor this[long i1]
        {
            get => index(new TensorIndex[] { i1 });
            set => SetAt([i1], value);
        }

        public Tensor this[long i1, long i2]
        {
            get => index(new TensorIndex[] { i1, i2 });
            set => SetAt([i1, i2], value);
        }

        public Tensor this[long i1, long i2, long i3]
        {
            get => index(new TensorIndex[] { i1, i2, i3 });
            set => SetAt([i1, i2, i3], value);
        }

        public Tensor this[long i1, long i2, long i3, long i4]
        {
            get => index(new TensorIndex[] { i1, i2, i3, i4 });
            set => SetAt([i1, i2, i3, i4], value);
        }

        public Tensor this[long i1, long i2, long i3, long i4, long i5]
        {
            get => index(new TensorIndex[] { i1, i2, i3, i4, i5 });
            set => SetAt([i1, i2, i3, i4, i5], value);
        }

        public Tensor this[long i1, long i2, long i3, long i4, long i5, long i6]
        {
            get => index(new TensorIndex[] { i1, i2, i3, i4, i5, i6 });
            set => SetAt([i1, i2, i3, i4, i5, i6], value);
        }

        public Tensor index(params TensorIndex[] indices)
        {
            var native = NativeOf(indices);
            nint result;
            int status;
            fixed (NativeIndex* pointer = native)
                status = NativeMethods.et_index(Handle, pointer, native.Length, &result);
            GC.KeepAlive(this);
            GC.KeepAlive(indices);
            Call.Check(status);
            return new Tensor(result);
        }

        public Tensor index(params Tensor[] indices) => index(Array.ConvertAll(indices, TensorIndex.Tensor));

        private void SetAt(TensorIndex[] indices, Tensor value)
        {
            var native = NativeOf(indices);
            int status;
            fixed (NativeIndex* pointer = native)
                status = NativeMethods.et_index_set(Handle, pointer, native.Length, value.Handle);
            GC.KeepAlive(this);
            GC.KeepAlive(indices);
            GC.KeepAlive(value);
            Call.Check(status);
        }

        private static NativeIndex[] NativeOf(TensorIndex[] indices) => Array.ConvertAll(indices, index => index.Native);
    }
}
