using System.CommandLine;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using Edge.Appliance;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.Tokenizers;
using Spectre.Console;

namespace Edge.Bench.Machine;

/// <summary><c>edge-bench doctor</c>: what this box has, and what would make it faster.</summary>
internal static class DoctorCommand
{
    /// <summary>Creates the command.</summary>
    public static Command Create()
    {
        var command = new Command("doctor", "Says what this box has and what would make it faster.\nExample: edge-bench doctor");
        command.SetAction(_ => Run());
        return command;
    }

    private static int Run()
    {
        // .NET has no property for AVX512_VNNI.
        var hasVnni = AvxVnni.IsSupported || ProcessorInfo.Has("avx512_vnni");
        var grid = new Grid().AddColumn(new GridColumn().NoWrap().PadRight(3)).AddColumn();
        Row("processor", ProcessorInfo.First("model name") ?? RuntimeInformation.ProcessArchitecture.ToString());
        Row("processors", $"{Environment.ProcessorCount}");
        Row("memory", $"{GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (1024.0 * 1024 * 1024):0.0} GiB");
        Row("8-bit products", hasVnni ? "VNNI" : Avx2.IsSupported ? "AVX2, without VNNI" : "neither VNNI nor AVX2");
        Row("ONNX Runtime", $"{OrtEnv.Instance().GetVersionString()}, providers: {string.Join(", ", OrtEnv.Instance().GetAvailableProviders())}");
        Row("packages", $"{ProductVersion.Of(typeof(InferenceSession))}, {ProductVersion.Of(typeof(Tokenizer))}");
        Row(".NET", $"{Environment.Version}");
        AnsiConsole.Write(grid);
        if (!hasVnni)
            Console.Out.WriteLine("A processor with VNNI multiplies 8-bit numbers two to four times as fast.");
        if (File.Exists(GovernorFile) && File.ReadAllText(GovernorFile).Trim() is var governor && governor != "performance")
            Console.Out.WriteLine($"The frequency governor is {governor}; 'performance' keeps the clock up between utterances.");
        return ExitCode.Done;

        void Row(string name, string value) => grid.AddRow(new Text(name), new Text(value));
    }

    private const string GovernorFile = "/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor";
}
