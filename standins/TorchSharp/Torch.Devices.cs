using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public static readonly Device CPU = new(DeviceType.CPU);

    public static readonly Device META = new(DeviceType.META);

    public static Device CUDA => InitializeDevice(new Device(DeviceType.CUDA));

    public static Device device(string description) => InitializeDevice(new Device(description));

    public static Device device(string deviceType, int index = -1) => InitializeDevice(new Device(deviceType, index));

    public static Device device(DeviceType deviceType, int index = -1) => InitializeDevice(new Device(deviceType, index));

    public static Device device(int index) => new(DeviceType.CUDA, index);

    public static bool TryInitializeDeviceType(DeviceType deviceType) => deviceType switch
    {
        DeviceType.CUDA => cuda.is_available(),
        DeviceType.MPS => false,
        _ => true,
    };

    public static void InitializeDeviceType(DeviceType deviceType)
    {
        if (!TryInitializeDeviceType(deviceType))
        {
            throw new InvalidOperationException(
                $"Torch device type {deviceType} did not initialise on the current machine. This build uses the libtorch that the shim was compiled against; LIBTORCH=/path names one with CUDA.");
        }
    }

    public static Device InitializeDevice(Device? device)
    {
        device ??= CPU;
        if (device.type != DeviceType.CPU)
            InitializeDeviceType(device.type);
        return device;
    }

    public class Device
    {
        public Device(string description)
        {
            var parts = description.Split(':');
            type = Enum.Parse<DeviceType>(parts[0].ToUpperInvariant());
            index = parts.Length == 2 ? int.Parse(parts[1]) : -1;
        }

        public Device(string deviceType, int index = -1) : this(Enum.Parse<DeviceType>(deviceType.ToUpperInvariant()), index)
        {
        }

        public Device(DeviceType deviceType, int index = -1) => (type, this.index) = (deviceType, index);

        public Device(int index) : this(DeviceType.CUDA, index)
        {
        }

        public DeviceType type { get; }

        public int index { get; }

        public static implicit operator Device(string description) => new(description);

        public override string ToString() => (type, index) switch
        {
            (DeviceType.CPU, _) => "cpu",
            (_, -1) => type.ToString().ToLowerInvariant(),
            _ => $"{type.ToString().ToLowerInvariant()}:{index}",
        };
    }

    public static unsafe class cuda
    {
        public static bool is_available()
        {
            int result;
            Call.Check(NativeMethods.et_cuda_is_available(&result));
            return result != 0;
        }

        public static bool is_cudnn_available()
        {
            int result;
            Call.Check(NativeMethods.et_cudnn_is_available(&result));
            return result != 0;
        }

        public static int device_count()
        {
            long result;
            Call.Check(NativeMethods.et_cuda_device_count(&result));
            return (int)result;
        }

        public static Generator manual_seed(long seed)
        {
            InitializeDeviceType(DeviceType.CUDA);
            Call.Check(NativeMethods.et_cuda_manual_seed(seed, 0));
            return Generator.Default;
        }

        public static Generator manual_seed_all(long seed)
        {
            InitializeDeviceType(DeviceType.CUDA);
            Call.Check(NativeMethods.et_cuda_manual_seed(seed, 1));
            return Generator.Default;
        }

        public static void synchronize(Device? device = null)
        {
            InitializeDeviceType(device?.type ?? DeviceType.CUDA);
            Call.Check(NativeMethods.et_cuda_synchronize(device?.index ?? -1));
        }
    }

    public static class backends
    {
        public static class cuda
        {
            public static bool flash_sdp_enabled() => Switch(3);

            public static void enable_flash_sdp(bool enable) => Switch(3, enable);

            public static bool math_sdp_enabled() => Switch(4);

            public static void enable_math_sdp(bool enable) => Switch(4, enable);

            public static class matmul
            {
                public static bool allow_tf32 { get => Switch(0); set => Switch(0, value); }

                public static bool allow_fp16_reduced_precision_reduction { get => Switch(2); set => Switch(2, value); }
            }
        }

        public static class cudnn
        {
            public static bool allow_tf32 { get => Switch(1); set => Switch(1, value); }
        }

        private static unsafe bool Switch(int which)
        {
            int result;
            Call.Check(NativeMethods.et_get_switch(which, &result));
            return result != 0;
        }

        private static void Switch(int which, bool value) => Call.Check(NativeMethods.et_set_switch(which, value ? 1 : 0));
    }
}
