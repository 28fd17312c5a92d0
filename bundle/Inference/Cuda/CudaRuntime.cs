using System.Runtime.InteropServices;

namespace Edge.Bundles.Inference.Cuda;

/// <summary>What the CUDA runtime says of drivers and devices (https://docs.nvidia.com/cuda/cuda-runtime-api/).</summary>
/// <param name="library">Handle of libcudart.</param>
internal sealed class CudaRuntime(nint library)
{
    private const int MajorAttribute = 75; // cudaDevAttrComputeCapabilityMajor
    private const int MinorAttribute = 76;
    private const int PropertiesSize = 4096; // cudaDeviceProp has about 1,000 bytes, and grows

    private delegate int GetNumber(out int number);

    private delegate int GetAttribute(out int value, int attribute, int device);

    private delegate int GetProperties([Out] byte[] properties, int device);

    private delegate int SetDevice(int device);

    private delegate int GetMemory(out nuint free, out nuint total);

    private delegate nint GetText(int error);

    /// <summary>The newest CUDA that the driver can run, for example 13000; 0 without a driver.</summary>
    public int DriverVersion => Call<GetNumber>("cudaDriverGetVersion")(out var version) == 0 ? version : 0;

    /// <summary>Devices, or why there are none.</summary>
    public (IReadOnlyList<CudaDevice> Devices, int Error) Devices()
    {
        var error = Call<GetNumber>("cudaGetDeviceCount")(out var count);
        return error == 0 ? ([.. Enumerable.Range(0, count).Select(Device)], 0) : ([], error);
    }

    /// <summary>Free and total memory of a device in megabytes; 0 where it does not say.</summary>
    public (long Free, long Total) Memory(int device)
    {
        const int mega = 1 << 20;
        return Call<SetDevice>("cudaSetDevice")(device) == 0 && Call<GetMemory>("cudaMemGetInfo")(out var free, out var total) == 0
            ? ((long)free / mega, (long)total / mega)
            : (0, 0);
    }

    /// <summary>An error's name and meaning.</summary>
    public string Describe(int error) =>
        $"CUDA failure {error}, {Marshal.PtrToStringUTF8(Call<GetText>("cudaGetErrorName")(error))}: "
        + Marshal.PtrToStringUTF8(Call<GetText>("cudaGetErrorString")(error));

    private CudaDevice Device(int number)
    {
        var attribute = Call<GetAttribute>("cudaDeviceGetAttribute");
        var properties = new byte[PropertiesSize];
        var name = Call<GetProperties>("cudaGetDeviceProperties")(properties, number) == 0
            ? System.Text.Encoding.UTF8.GetString(properties.AsSpan(0, Math.Max(0, Array.IndexOf(properties, (byte)0))))
            : "GPU";
        return attribute(out var major, MajorAttribute, number) == 0 && attribute(out var minor, MinorAttribute, number) == 0
            ? new CudaDevice(number, name, major, minor)
            : new CudaDevice(number, name, 0, 0);
    }

    private T Call<T>(string name)
        where T : Delegate =>
        Marshal.GetDelegateForFunctionPointer<T>(NativeLibrary.GetExport(library, name));
}
