using System.CommandLine;
using System.Text.Json;
using Edge.Bench.Common;
using Edge.Bench.Comparison;
using Edge.Bench.Model;
using Edge.Bundles.Common;

namespace Edge.Bench.Commands;

/// <summary><c>edge-bench model</c>: what a bundle costs on this box, and a verdict against a budget.</summary>
internal static class ModelCommand
{
    /// <summary>Creates the command.</summary>
    public static Command Create()
    {
        var bundle = new Option<string>("--bundle") { Description = "Directory of the bundle.", HelpName = "DIR" };
        var compare = new Option<string[]>("--compare")
        {
            Description =
                $"Instead: two sides or more, answering in turns; ratios to the first. A side is a bundle, with settings if need be: " +
                $"DIR[,setting=value,...]. Settings: {SideSettings.Known}.",
            HelpName = "A B",
            AllowMultipleArgumentsPerToken = true,
        };
        var paced = new Option<bool>("--paced")
        {
            Description = "With --compare: one utterance of usual length each 20 ms, so that caches are cold, instead of one after another."
        };
        var texts = new Option<string[]>("--text")
        {
            Description = "With --compare: your own utterances, instead of made ones of 8, 16, 32 and so on characters.",
            HelpName = "TEXT",
            AllowMultipleArgumentsPerToken = true,
        };
        var budget = BenchOptions.Budget("Fail (exit 1) where one of 100 callers waits longer, at one utterance each 20 ms.");
        var seconds = BenchOptions.Seconds("About how long to measure.", 20);
        var json = new Option<bool>("--json") { Description = "Print JSON." };
        var command =
            new Command("model",
                "Measures a bundle from text to answer: latency by length and load, throughput, memory, start.\nExample: edge-bench " +
                "model --bundle out/demo/bundle --budget-ms 5\n         edge-bench model --compare old/bundle new/bundle\n         " +
                "edge-bench model --compare bundle,precision=fp32 bundle,precision=int8 --paced")
        {
            bundle, compare, paced, texts, budget, seconds, json,
        };
        command.Validators.Add(result =>
        {
            var sides = result.GetValue(compare)?.Length ?? 0;
            if ((result.GetValue(bundle) is null) == (sides == 0))
                result.AddError("Name one bundle with --bundle DIR, or two or more with --compare A B.");
            else if (sides == 1)
                result.AddError("--compare needs two sides or more.");
            else if (sides == 0 && result.GetValue(paced))
                result.AddError("--paced goes with --compare A B; with --bundle DIR one utterance each 20 ms is always measured.");
            else if (sides == 0 && result.GetResult(texts) is not null)
                result.AddError("--text goes with --compare A B; with --bundle DIR utterances of several lengths are measured.");
            else if (result.GetValue(texts)?.Any(text => text.AsSpan().Trim().IsEmpty || text.AsSpan().ContainsAny('\r', '\n')) == true)
                result.AddError("--text: an utterance is empty or has a line break; give each one on a line.");
            else if (sides > 0 && result.GetResult(budget) is not null)
                result.AddError("--budget-ms is held against one bundle; use it with --bundle DIR.");
        });
        command.SetAction(result =>
        {
            var duration = TimeSpan.FromSeconds(result.GetValue(seconds));
            return result.GetValue(bundle) is { } directory
                ? Run(directory, result.GetValue(budget), duration, result.GetValue(json))
                : Compare([.. result.GetRequiredValue(compare).Select(side => SideSettings.Parse(side, result.GetValue(paced)))], duration,
                    result.GetValue(paced), result.GetValue(texts), result.GetValue(json));
        });
        return command;
    }

    private static int Compare(IReadOnlyList<SideSettings> sides, TimeSpan duration, bool isPaced, string[]? texts, bool json)
    {
        var report = SideComparison.Run(sides, duration, isPaced, texts);
        if (json)
            Console.Out.WriteLine(
                JsonSerializer.Serialize(new { report, disturbances = report.Box.Disturbances() }, JsonSerializerOptions.Web));
        else
            new ComparisonPrinter(report).Print();
        return ExitCode.Done;
    }

    private static int Run(string directory, double? budget, TimeSpan duration, bool json)
    {
        var report = ModelBenchmark.Run(directory, duration, isJudged: budget is not null);
        var verdict = budget is { } most ? new BudgetVerdict(report.Usual.Milliseconds, report.Usual.P99Interval, most, duration) : null;
        var isWithin = verdict?.IsWithin ?? true;
        if (json)
        {
            var disturbances = report.Box.Disturbances();
            object all = verdict is null
                ? new { report, disturbances }
                : new { report, budgetMs = budget, withinBudget = isWithin, verdictIsSure = verdict.IsSure, disturbances };
            Console.Out.WriteLine(JsonSerializer.Serialize(all, JsonSerializerOptions.Web));
        }
        else
        {
            new ModelPrinter(report).Print(verdict);
        }
        return isWithin ? ExitCode.Done : ExitCode.Refused;
    }
}
