using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    // Conversions without work return a new wrapper of the same tensor, never this.
    public partial class Tensor
    {
        public unsafe Tensor alias() => Call.Unary(&NativeMethods.et_alias, this);

        public unsafe Tensor clone() => Call.Unary(&NativeMethods.et_clone, this);

        public unsafe Tensor contiguous() => Call.Unary(&NativeMethods.et_contiguous, this);

        public unsafe Tensor pin_memory() => Call.Unary(&NativeMethods.et_pin_memory, this);

        public Tensor copy_(Tensor source, bool nonBlocking = false)
        {
            var status = NativeMethods.et_copy_(Handle, source.Handle, nonBlocking ? 1 : 0);
            GC.KeepAlive(this);
            GC.KeepAlive(source);
            Call.Check(status);
            return this;
        }

        public Tensor cpu() => Convert(null, CPU, false, false, false);

        public Tensor cuda(Device? device = null, bool non_blocking = false)
        {
            if (device is not null && device.type != DeviceType.CUDA)
                throw new ArgumentException("Not a CUDA device.", nameof(device));
            return to(DeviceType.CUDA, device?.index ?? -1, non_blocking: non_blocking);
        }

        public Tensor to_type(ScalarType type, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
            Convert(type, null, copy, disposeAfter, non_blocking);

        public Tensor to(ScalarType type, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
            to_type(type, copy, disposeAfter, non_blocking);

        public Tensor to(DeviceType deviceType, int deviceIndex = -1, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
            Convert(null, InitializeDevice(new Device(deviceType, deviceIndex)), copy, disposeAfter, non_blocking);

        public Tensor to(ScalarType type, Device device, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
            Convert(type, InitializeDevice(device), copy, disposeAfter, non_blocking);

        public Tensor to(Device device, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
            to(device.type, device.index, copy, disposeAfter, non_blocking);

        public Tensor to(string device, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
            to(new Device(device), copy, disposeAfter, non_blocking);

        public Tensor to(Tensor other, bool non_blocking = false) => to(other.dtype, other.device, non_blocking: non_blocking);

        public Tensor type(ScalarType dtype) => to_type(dtype);

        public Tensor type_as(Tensor tensor) => to_type(tensor.dtype);

        public Tensor @bool() => to_type(ScalarType.Bool);

        public Tensor @byte() => to_type(ScalarType.Byte);

        public Tensor @char() => to_type(ScalarType.Int8);

        public Tensor @short() => to_type(ScalarType.Int16);

        public Tensor @int() => to_type(ScalarType.Int32);

        public Tensor @long() => to_type(ScalarType.Int64);

        public Tensor half() => to_type(ScalarType.Float16);

        public Tensor bfloat16() => to_type(ScalarType.BFloat16);

        public Tensor @float() => to_type(ScalarType.Float32);

        public Tensor @double() => to_type(ScalarType.Float64);

        /// <summary>Whether `to` with these would have work to do.</summary>
        internal bool ToWillCopy(ScalarType type, Device device)
        {
            if (dtype != type || device_type != device.type)
                return true;
            return device.index != -1 && device_index != device.index;
        }

        private unsafe Tensor Convert(ScalarType? type, Device? device, bool copy, bool disposeAfter, bool nonBlocking)
        {
            nint result;
            var status = NativeMethods.et_to(Handle, NativeOptions.Of(type, device), copy ? 1 : 0, nonBlocking ? 1 : 0, &result);
            GC.KeepAlive(this);
            Call.Check(status);
            if (disposeAfter)
                Dispose();
            return new Tensor(result);
        }
    }
}
