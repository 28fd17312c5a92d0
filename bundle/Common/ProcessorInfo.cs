using System.Runtime.Intrinsics.X86;

namespace Edge.Bundles.Common;

/// <summary>What /proc/cpuinfo says.</summary>
public static class ProcessorInfo
{
    private const string File = "/proc/cpuinfo";

    /// <summary>Values of a key, one a processor; none where the system has no such file.</summary>
    public static IReadOnlyList<string> All(string key) => !System.IO.File.Exists(File)
        ? []
        : [.. System.IO.File.ReadLines(File).Where(line => line.StartsWith(key, StringComparison.Ordinal))
            .Select(line => line.Split(':', 2)[1].Trim())];

    /// <summary>The first processor's value.</summary>
    public static string? First(string key) => All(key) is [var first, ..] ? first : null;

    /// <summary>Whether it multiplies 8-bit numbers in one instruction; .NET has no property for AVX512_VNNI.</summary>
    public static bool HasVnni { get; } = AvxVnni.IsSupported || Has("avx512_vnni");

    /// <summary>Whether the processor has a feature, as Linux names it.</summary>
    public static bool Has(string flag) => First("flags")?.Split(' ').Contains(flag) ?? false;
}
