using System.Globalization;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;
using Edge.Bundles.Common;
using Microsoft.ML.OnnxRuntime;

namespace Edge.Bench.Machine;

/// <summary>Finds out what this box has.</summary>
internal static class BoxFactsReader
{
    private const double BytesAGiB = 1024.0 * 1024 * 1024;
    private const string GovernorFile = "/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor";
    private const string QuotaFile = "/sys/fs/cgroup/cpu.max"; // of the container that this runs in
    private const string GpuFolder = "/proc/driver/nvidia/gpus";
    private const string GpuDevice = "/dev/nvidia0"; // where a container hides the folder

    private static readonly TimeSpan WatchTime = TimeSpan.FromSeconds(1);

    /// <summary>Reads files of the system and watches it for a second.</summary>
    /// <param name="mosquitto">mosquitto's configuration.</param>
    public static BoxFacts Read(string mosquitto)
    {
        var memory = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / BytesAGiB; // a container's limit is in it
        var hasVnni = ProcessorInfo.HasVnni;
        var watch = new BoxWatch();
        Thread.Sleep(WatchTime);
        return new BoxFacts
        {
            Processor = ProcessorInfo.First("model name") ?? RuntimeInformation.ProcessArchitecture.ToString(),
            Processors = Processors(ProcessorInfo.All("processor").Count, File("/proc/self/status")),
            CpuQuota = File(QuotaFile) is { } quota ? ParseQuota(quota) : null,
            MemoryGiB = memory,
            FreeMemoryGiB = Math.Min(memory, FreeMemory(File("/proc/meminfo")) ?? memory),
            EightBitProducts = ProcessorInfo.Has("amx_int8")
                ? "AMX and VNNI"
                : hasVnni ? "VNNI" : Dp.IsSupported ? "dot products" : Avx2.IsSupported ? "AVX2, without VNNI" : "neither VNNI nor AVX2",
            HasFastEightBit = hasVnni || Dp.IsSupported,
            Governor = File(GovernorFile)?.Trim(),
            Gpu = Gpu(),
            OnnxRuntime = OrtEnv.Instance().GetVersionString(),
            Providers = OrtEnv.Instance().GetAvailableProviders(),
            Packages = [.. PackagesInUse.Describe(typeof(InferenceSession))],
            DotNet = Environment.Version.ToString(),
            Mosquitto = MosquittoFile.Read(mosquitto),
            Activity = watch.Activity(),
        };
    }

    /// <summary>
    /// Reads <c>cpu.max</c>: microseconds of processor time in each period, or max (cgroup v2, docs.kernel.org/admin-guide/cgroup-v2.html).
    /// </summary>
    /// <returns>Processors' worth of time; <c>null</c>: no limit.</returns>
    public static double? ParseQuota(string text) =>
        text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries) is [var quota, var period]
        && double.TryParse(quota, CultureInfo.InvariantCulture, out var most)
        && double.TryParse(period, CultureInfo.InvariantCulture, out var of) && of > 0
            ? most / of
            : null;

    /// <summary>
    /// Processors that are there and allowed. Environment.ProcessorCount is no use beside a quota: .NET lowers it to the quota.
    /// </summary>
    /// <param name="present">Processors of /proc/cpuinfo.</param>
    /// <param name="status">/proc/self/status, whose mask can have bits of processors that are not there.</param>
    public static int Processors(int present, string? status)
    {
        var allowed =
            Value(status, "Cpus_allowed:")?.Where(char.IsAsciiHexDigit).Sum(digit => int.PopCount(Convert.ToInt32($"{digit}", 16))) ?? 0;
        return present == 0 ? Environment.ProcessorCount : allowed == 0 ? present : Math.Min(present, allowed);
    }

    private static double? FreeMemory(string? memoryInfo) =>
        double.TryParse(Value(memoryInfo, "MemAvailable:")?.Split(' ')[0], CultureInfo.InvariantCulture, out var kibibytes)
        ? kibibytes * 1024 / BytesAGiB
        : null;

    private static string? Gpu()
    {
        var file = Directory.Exists(GpuFolder)
            ? Directory.EnumerateDirectories(GpuFolder).Select(folder => Path.Combine(folder, "information")).FirstOrDefault()
            : null;
        return file is not null && Value(File(file), "Model:") is { } model ? model
            : System.IO.File.Exists(GpuDevice) ? "an NVIDIA GPU" : null;
    }

    private static string? Value(string? text, string key) =>
        text?.Split('\n').FirstOrDefault(line => line.StartsWith(key, StringComparison.Ordinal)) is { } found
        ? found[key.Length..].Trim()
        : null;

    private static string? File(string path)
    {
        try
        {
            return System.IO.File.Exists(path) ? System.IO.File.ReadAllText(path) : null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return null; // not for us to read: as if it were not there
        }
    }
}
