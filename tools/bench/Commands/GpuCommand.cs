using System.CommandLine;
using System.Text.Json;
using Edge.Bench.Common;
using Edge.Bench.Gpu;
using Edge.Bundles.Common;
using Edge.Bundles.Inference.Cuda;

namespace Edge.Bench.Commands;

/// <summary>The parts of tools/gpu-check.sh that look at the model alone.</summary>
internal static class GpuCommand
{
    /// <summary>Creates the command, which help does not show.</summary>
    public static Command Create()
    {
        var bundle = new Option<string>("--bundle") { Required = true };
        var device = BenchOptions.Whole("--device", "N", "Number of the GPU.", 0, 0, 255);
        var runs = BenchOptions.Whole("--runs", "N", "Runs of each bucket.", 300, 1, 1_000_000);
        var lose = new Option<bool>("--lose-device");
        var command = new Command("gpu") { bundle, device, runs, lose };
        command.Hidden = true;
        command.SetAction(result =>
        {
            var (directory, number) = (result.GetRequiredValue(bundle), result.GetValue(device));
            return CudaExit.Leave(result.GetValue(lose) ? Lose(directory, number) : Measure(directory, number, result.GetValue(runs)));
        });
        return command;
    }

    private static int Measure(string directory, int device, int runs)
    {
        var variants = GpuBenchmark.Run(directory, device, runs);
        Console.Out.WriteLine(JsonSerializer.Serialize(variants, JsonSerializerOptions.Web));
        return variants.All(variant => variant.Buckets.All(bucket => bucket.SameBits)) ? ExitCode.Done : ExitCode.Refused;
    }

    private static int Lose(string directory, int device)
    {
        var problems = DeviceLoss.Provoke(directory, device);
        foreach (var problem in problems)
            Console.Out.WriteLine(problem);
        return problems.Count == 0 ? ExitCode.Done : ExitCode.Refused;
    }
}
