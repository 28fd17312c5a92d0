using System.CommandLine;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using Edge.Bundles.Common;
using Edge.Trainer.Model;
using Microsoft.ML.OnnxRuntime;
using TorchSharp;
using TrainingSession = Edge.Trainer.Pipelines.TrainingSession;

namespace Edge.Trainer.Commands;

/// <summary><c>edge-trainer doctor</c>: what this build and this machine have for training.</summary>
internal static class TrainerDoctorCommand
{
    /// <summary>A type of each package that training stands on.</summary>
    public static IReadOnlyList<Type> Packages { get; } = [typeof(torch.Tensor), typeof(InferenceSession)];

    /// <summary>Builds the command.</summary>
    public static Command Create()
    {
        var command = new Command("doctor", "Says which packages, libtorch, processor and GPU are in use.\nExample: edge-trainer doctor");
        command.SetAction(_ => CommandGuard.Run("doctor", Console.Error, () =>
        {
            foreach (var line in PackagesInUse.Describe(Packages).Concat(Machine()))
                Console.WriteLine(line);
            return ExitCode.Done;
        }));
        return command;
    }

    private static IEnumerable<string> Machine()
    {
        yield return $".NET: {RuntimeInformation.FrameworkDescription} on {RuntimeInformation.OSDescription}";
        yield return $"processors: {Environment.ProcessorCount}, {Features()}";
        using (var probe = torch.ones(2, 2))
            yield return $"libtorch: {LibTorchFile()}, {torch.get_num_threads()} threads";
        yield return $"ONNX Runtime: {OrtEnv.Instance().GetVersionString()}";
        yield return TrainingSession.UsesBFloat16(BFloat16Use.Auto, store: null)
            ? "training: MatMuls in bfloat16, unless bFloat16 is off in --config"
            : "training: single precision; bfloat16 is no faster here";
        yield return torch.cuda.is_available()
            ? $"CUDA: {torch.cuda.device_count()} devices"
            : "CUDA: none; training runs on the processor";
    }

    // The package's version constant says what it was built for; the loader's map says what is there.
    private static string LibTorchFile() =>
        !File.Exists("/proc/self/maps") ? "loaded"
        : File.ReadLines("/proc/self/maps").Select(line => line[(line.IndexOf('/') + 1)..])
            .FirstOrDefault(file => file.Contains("libtorch_cpu", StringComparison.Ordinal)) is { } file
            ? "/" + file
            : "loaded";

    private static string Features()
    {
        (string Name, bool There)[] features =
        [
            ("AVX2", Avx2.IsSupported), ("FMA", Fma.IsSupported), ("AVX-512", Avx512F.IsSupported),
            ("VNNI", ProcessorInfo.HasVnni),
        ];
        return string.Join(", ", features.Where(feature => feature.There).Select(feature => feature.Name));
    }
}
