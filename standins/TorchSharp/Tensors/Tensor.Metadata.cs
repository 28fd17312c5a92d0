using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public long Dimensions => dim();

        public long ndim => dim();

        public long NumberOfElements => numel();

        public unsafe long dim() => Call.Number(&NativeMethods.et_dim, this);

        public unsafe long numel() => Call.Number(&NativeMethods.et_numel, this);

        public unsafe long element_size() => Call.Number(&NativeMethods.et_element_size, this);

        public long ElementSize => element_size();

        public unsafe long storage_offset() => Call.Number(&NativeMethods.et_storage_offset, this);

        public unsafe ScalarType dtype => (ScalarType)Call.Number(&NativeMethods.et_dtype, this);

        public unsafe DeviceType device_type => (DeviceType)Call.Number(&NativeMethods.et_device_type, this);

        public unsafe int device_index => (int)Call.Number(&NativeMethods.et_device_index, this);

        public Device device => new(device_type, device_index);

        public bool is_cuda => device_type == DeviceType.CUDA;

        public bool is_meta => device_type == DeviceType.META;

        public bool is_cpu() => device_type == DeviceType.CPU;

        public unsafe bool is_leaf => Call.Flag(&NativeMethods.et_is_leaf, this);

        public unsafe bool is_sparse => Call.Flag(&NativeMethods.et_is_sparse, this);

        public unsafe bool is_contiguous() => Call.Flag(&NativeMethods.et_is_contiguous, this);

        public unsafe bool is_pinned() => Call.Flag(&NativeMethods.et_is_pinned, this);

        public bool is_integral() => torch.is_integral(dtype);

        public bool is_floating_point() => torch.is_floating_point(dtype);

        public bool is_complex() => torch.is_complex(dtype);

        public long[] shape => size();

        public unsafe long[] size()
        {
            var result = new long[dim()];
            int status;
            fixed (long* pointer = result)
                status = NativeMethods.et_sizes(Handle, pointer);
            GC.KeepAlive(this);
            Call.Check(status);
            return result;
        }

        public long size(int dim)
        {
            var sizes = size();
            return sizes[dim < 0 ? dim + sizes.Length : dim];
        }

        public unsafe long[] stride()
        {
            var result = new long[dim()];
            int status;
            fixed (long* pointer = result)
                status = NativeMethods.et_strides(Handle, pointer);
            GC.KeepAlive(this);
            Call.Check(status);
            return result;
        }

        public long stride(int dim)
        {
            var strides = stride();
            return strides[dim < 0 ? dim + strides.Length : dim];
        }

        public override string ToString() => $"[{string.Join('x', shape)}], type = {dtype}, device = {device}";

        internal unsafe nint DataPointer()
        {
            void* result;
            var status = NativeMethods.et_data_ptr(Handle, &result);
            GC.KeepAlive(this);
            Call.Check(status);
            return (nint)result;
        }
    }
}
