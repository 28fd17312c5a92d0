namespace Edge.Bundles.Inference.Cuda;

/// <summary>
/// Looks for everything that ONNX Runtime's CUDA provider needs before it is asked: the runtime names the first missing library only, or
/// none.
/// </summary>
public sealed class CudaProbe
{
    private const string Provider = "libonnxruntime_providers_cuda.so";
    private const string Runtime = "libcudart.so.13";
    private const string Driver = "libcuda.so.1";
    private const int NeededDriver = 13_000; // what a driver of 580 and later says

    // What the provider's NEEDED entries name; the runtime first, as the others need it. cuDNN is opened by nodes that ask for it only.
    private static readonly (string Name, string Remedy)[] Libraries =
    [
        (Runtime, "install cuda-cudart-13-0"),
        ("libcublasLt.so.13", "install libcublas-13-0"),
        ("libcublas.so.13", "install libcublas-13-0"),
        ("libcurand.so.10", "install libcurand-13-0"),
        (Driver, "install NVIDIA's driver, 580 or later"),
    ];

    private static readonly Lazy<CudaProbe> Once = new(Look);

    private readonly CudaRuntime? _runtime;

    private CudaProbe(IReadOnlyList<string> problems, IReadOnlyList<CudaDevice> devices, CudaRuntime? runtime, string driver) =>
        (Problems, Devices, _runtime, DriverVersion) = (problems, devices, runtime, driver);

    /// <summary>What was found; looked for once a process.</summary>
    public static CudaProbe Found => Once.Value;

    /// <summary>Whether this build has the provider at all (<c>./build.sh build --gpu</c>).</summary>
    public static bool IsBuiltIn { get; } = File.Exists(Path.Combine(AppContext.BaseDirectory, Provider));

    /// <summary>Whether the box has a GPU of NVIDIA's, whether or not CUDA can use it.</summary>
    public static bool SeesGpu =>
        Found.Devices.Count > 0 || Directory.Exists("/proc/driver/nvidia/gpus") || File.Exists("/dev/nvidia0");

    /// <summary>What is wrong, each with its remedy; empty: nothing.</summary>
    public IReadOnlyList<string> Problems { get; }

    /// <summary>Devices that CUDA shows.</summary>
    public IReadOnlyList<CudaDevice> Devices { get; }

    /// <summary>The newest CUDA that the driver runs, such as 13.0; empty where there is none.</summary>
    public string DriverVersion { get; }

    /// <summary>Throws where a device cannot be used.</summary>
    /// <param name="device">Its number.</param>
    /// <exception cref="CudaException">Something is missing; the message names all of it.</exception>
    public void Demand(int device)
    {
        if (Problems.Count > 0)
            throw new CudaException(Problems);
        if (device >= Devices.Count)
            throw new CudaException(
                [$"device {device}: there {(Devices.Count == 1 ? "is 1, number 0" : $"are {Devices.Count}, from 0")}; name another " +
                "one, or look at CUDA_VISIBLE_DEVICES"]);
        if (!Devices[device].IsSupported)
            throw new CudaException(
                [$"device {device}: {Devices[device].Name} has compute capability {Devices[device].Major}.{Devices[device].Minor}; ONNX " +
                "Runtime has code for 7.5, 8.x, 9.0 and 12.0: use another GPU, or the processor"]);
    }

    /// <summary>Free and total memory of a device in megabytes; 0 where it does not say.</summary>
    public (long Free, long Total) Memory(int device) => _runtime?.Memory(device) ?? (0, 0);

    private static CudaProbe Look()
    {
        if (!IsBuiltIn)
            return new CudaProbe(["this build is without CUDA: build with ./build.sh build --gpu"], [], null, "");
        var problems = new List<string>();
        nint runtimeHandle = 0;
        foreach (var (name, remedy) in Libraries)
        {
            var (handle, problem) = NativeLoader.Load(name);
            if (handle == 0)
                problems.Add($"{problem}: {remedy}, or name its folder in LD_LIBRARY_PATH");
            else if (name == Runtime)
                runtimeHandle = handle;
        }
        if (runtimeHandle == 0)
            return new CudaProbe(problems, [], null, "");

        var runtime = new CudaRuntime(runtimeHandle);
        var version = runtime.DriverVersion;
        var driver = version == 0 ? "" : $"{version / 1000}.{version % 1000 / 10}";
        var (devices, error) = runtime.Devices();
        if (version is > 0 and < NeededDriver || error == 35)
            problems.Add($"the driver runs CUDA {(driver.Length == 0 ? "of an earlier version" : driver)}, and 13.0 is needed: install " +
                "NVIDIA's driver, 580 or later");
        else if (error == 0 && devices.Count == 0 || error == 100)
            problems.Add("there is no GPU that CUDA can use: look at nvidia-smi, at CUDA_VISIBLE_DEVICES, and in a systemd unit at " +
                "PrivateDevices= and DeviceAllow=");
        else if (error != 0)
            problems.Add($"{runtime.Describe(error)}: look at nvidia-smi and at the kernel's log");
        return new CudaProbe(problems, devices, runtime, driver);
    }
}
