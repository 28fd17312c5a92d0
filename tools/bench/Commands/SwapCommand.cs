using System.CommandLine;
using System.Text.Json;
using Edge.Bench.Common;
using Edge.Bench.Mqtt;
using Edge.Bench.Swap;
using Edge.Bundles.Common;
using Spectre.Console;

namespace Edge.Bench.Commands;

/// <summary><c>edge-bench swap</c>: what callers notice when the bundle changes while they speak.</summary>
internal static class SwapCommand
{
    /// <summary>Creates the command.</summary>
    public static Command Create()
    {
        var bundle = new Option<string>("--bundle") { HelpName = "DIR", Required = true, Description = "The bundle that serves first." };
        var to = new Option<string>("--to") { HelpName = "DIR", Required = true, Description = "The bundle that it changes to, and back." };
        var rate = new Option<double>("--rate")
        {
            HelpName = "N", DefaultValueFactory = _ => 200, Description = "Utterances a second, 1 to 10000 (default: 200)."
        };
        var swaps = new Option<int>("--swaps")
        {
            HelpName = "N", DefaultValueFactory = _ => 100, Description = "Changes of the bundle, 1 to 10000 (default: 100)."
        };
        var candidate = new Option<bool>("--as-candidate")
        {
            Description = "Never change the bundle; let the other one be tried as a candidate in every second turn."
        };
        var seconds = BenchOptions.Seconds("How long each of five turns without and five with changes takes.", 12);
        var json = new Option<bool>("--json") { Description = "Print JSON." };
        var command = new Command("swap", "Changes the bundle of an appliance of our own while callers speak; needs mosquitto. Exit code 1 "
            + "where an utterance was lost or answered wrongly.\nExample: edge-bench swap --bundle old/bundle --to new/bundle")
        {
            bundle, to, rate, swaps, candidate, seconds, json,
        };
        rate.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<double>() is var value and not (>= 1 and <= 10_000))
                result.AddError($"--rate is {value}; use 1 to 10000.");
        });
        swaps.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is var value and (< 1 or > 10_000))
                result.AddError($"--swaps is {value}; use 1 to 10000.");
        });
        command.SetAction(async (result, cancellation) =>
        {
            using var benchmark = new SwapBenchmark(result.GetRequiredValue(bundle), result.GetRequiredValue(to));
            var report = await benchmark.RunAsync(
                MqttLoad.UsualTexts, result.GetValue(rate),
                result.GetValue(candidate) ? 0 : result.GetValue(swaps), TimeSpan.FromSeconds(result.GetValue(seconds)), cancellation);
            if (result.GetValue(json))
                Console.Out.WriteLine(JsonSerializer.Serialize(report, JsonSerializerOptions.Web));
            else
                Print(report);
            return report is { Lost: 0, Wrong: 0 } ? ExitCode.Done : ExitCode.Refused;
        });
        return command;
    }

    private static void Print(SwapReport report)
    {
        Console.Out.WriteLine(
            $"{report.Sent} utterances at {report.PerSecond:0.#} a second, {report.Swaps} changes of the bundle: {report.Lost} lost, "
            + $"{report.Wrong} answered otherwise than before by the bundle that the answer names.");
        Console.Out.WriteLine($"Answers by bundle: {string.Join(", ", report.ByBundle.Select(pair => $"{pair.Key} {pair.Value}"))}.");
        Console.Out.WriteLine("Milliseconds from an utterance that is due to its answer, through the broker:");
        var table = Figures.Table("", Figures.LatencyTitles);
        table.AddRow(["nothing changes", .. Figures.Latency(report.Quiet)]);
        table.AddRow([report.Compared is null ? "bundles change" : "beside a candidate", .. Figures.Latency(report.Changing)]);
        if (report.SwapMilliseconds is not null)
            table.AddRow(["a change takes", .. Figures.Latency(report.SwapMilliseconds)]);
        AnsiConsole.Write(table);
        var during = report.Compared is { } compared
            ? $"beside a candidate, which answered {compared} of them, too,"
            : "while bundles change";
        Console.Out.WriteLine(
            $"p99 {during} is {report.P99Ratio:0.00} times that without. Resident memory: {report.MegabytesBefore:0} MB before, "
            + $"{report.MegabytesAfter:0} MB after ({report.GrowthPercent:+0.0;-0.0;0} %).");
    }
}
