using System.CommandLine;
using System.Text.Json;
using Edge.Appliance.Configuration;
using Edge.Bench.Comparison;
using Edge.Bench.Model;
using Edge.Bundles.Common;
using Edge.Bundles.Inference;
using Microsoft.ML.OnnxRuntime;

namespace Edge.Bench.Commands;

/// <summary>The process of one side: says what it runs, then for each text that it reads takes one turn.</summary>
internal static class SideCommand
{
    /// <summary>Its name.</summary>
    public const string Name = "side";

    /// <summary>
    /// Option: one request each 20 ms. Like <see cref="NoPrepacking"/> it is given only where it says something, so that older builds can
    /// be sides.
    /// </summary>
    public const string Paced = "--paced";

    /// <summary>
    /// Option: milliseconds between two runs that keep caches warm while a paced side waits; without it as the appliance does.
    /// </summary>
    public const string KeepWarm = "--keep-warm-ms";

    /// <summary>Option: <see cref="StudentSessionOptions.Prepacking"/> is off.</summary>
    public const string NoPrepacking = "--no-prepacking";

    /// <summary>Creates the command, which help does not show.</summary>
    public static Command Create()
    {
        var bundle = new Option<string>("--bundle") { Required = true };
        var precision = new Option<string>("--precision") { Required = true };
        var threads = new Option<int>("--threads") { Required = true };
        var spinning = new Option<bool>("--spinning") { Required = true };
        var what = new Option<string>("--what") { Required = true };
        var paced = new Option<bool>(Paced);
        var keepWarm = new Option<double>(KeepWarm) { DefaultValueFactory = _ => new AnalysisOptions().KeepWarm.TotalMilliseconds };
        var noPrepacking = new Option<bool>(NoPrepacking);
        var command = new Command(Name) { bundle, precision, threads, spinning, what, paced, keepWarm, noPrepacking };
        command.Hidden = true;
        command.SetAction(result =>
        {
            var options = new StudentSessionOptions
            {
                Threads = result.GetValue(threads), Spinning = result.GetValue(spinning), Prepacking = !result.GetValue(noPrepacking)
            };
            using var model = new BenchModel(result.GetRequiredValue(bundle), result.GetRequiredValue(precision), workers: 1, options);
            var warm = model.KeptWarm(TimeSpan.FromMilliseconds(result.GetValue(keepWarm)));
            Serve(model, result.GetRequiredValue(what) == BenchCase.RawRun ? model.Running : model.Answering,
                result.GetValue(paced) ? once => Turn.RunPaced(once, warm) : Turn.Run);
            return ExitCode.Done;
        });
        return command;
    }

    private static void Serve(BenchModel model, Func<string, BenchCase> timed, Func<Action, List<double>> takeTurn)
    {
        Console.Out.WriteLine(JsonSerializer.Serialize(
            new SideReady(model.Id, model.Precision, $"ONNX Runtime {OrtEnv.Instance().GetVersionString()}", model.Texts),
            JsonSerializerOptions.Web));
        var cases = new Dictionary<string, BenchCase>(StringComparer.Ordinal);
        while (Console.In.ReadLine() is { } text)
        {
            if (!cases.TryGetValue(text, out var item))
                cases[text] = item = timed(text);
            Console.Out.WriteLine(JsonSerializer.Serialize(takeTurn(item.Run)));
        }
    }
}
