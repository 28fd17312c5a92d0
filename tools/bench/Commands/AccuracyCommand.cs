using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Edge.Bench.Accuracy;
using Edge.Bench.Common;
using Edge.Bundles.Common;
using Spectre.Console;

namespace Edge.Bench.Commands;

/// <summary><c>edge-bench accuracy</c>: trains data sets from scratch with several seeds and prints the accuracy table.</summary>
internal static class AccuracyCommand
{
    private static readonly JsonSerializerOptions Json =
        new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Creates the command.</summary>
    public static Command Create()
    {
        var defaults = new AccuracyOptions { Data = "" };
        var data = new Option<string>("--data")
        {
            Required = true, HelpName = "DIR", Description = "Folder with one folder a set: train, dev and test (.jsonl, .csv or .json)."
        };
        var sets = new Option<string?>("--sets") { HelpName = "A,B", Description = "Sets to train (default: all)." };
        var seeds = new Option<string>("--seeds")
        {
            HelpName = "N,N", DefaultValueFactory = _ => defaults.SeedList, Description = "Seeds of each set."
        };
        var config = new Option<string?>("--config")
        {
            HelpName = "FILE", Description = "Training settings, as edge-trainer run --config takes them."
        };
        var budget = BenchOptions.Number("--budget-minutes", "N", "Wall time of each run (default: the trainer's).", 0.05, 10_000);
        var atOnce =
            BenchOptions.Whole("--at-once", "N", "Trainings at the same time, which share the processors.", defaults.AtOnce, 1, 64);
        var work = new Option<string>("--work")
        {
            HelpName = "DIR", DefaultValueFactory = _ => defaults.Work,
            Description = "Folder of bundles and logs; what is finished there is not trained again."
        };
        var trainer = new Option<string?>("--trainer")
        {
            HelpName = "FILE", Description = "edge-trainer (default: looked for beside this program, in out/, on the PATH)."
        };
        var markdown = new Option<string?>("--markdown")
        {
            HelpName = "FILE", Description = "Write the table for a document too, with command and commit."
        };
        var json = new Option<bool>("--json") { Description = "Print JSON." };
        var more = new Argument<string[]>("trainer-options")
        {
            Arity = ArgumentArity.ZeroOrMore,
            Description = "After --: further options of edge-trainer run, for example -- --student-size tiny."
        };
        var command = new Command(
            "accuracy",
            "Trains sets with several seeds and prints accuracy, calibration, and what INT8 and the student lose.\n" +
            "Example: edge-bench accuracy --data data --sets cais,atis --seeds 1,2,3 --budget-minutes 30 --markdown table.md")
        {
            data, sets, seeds, config, budget, atOnce, work, trainer, markdown, json, more,
        };
        command.SetAction((result, cancellation) =>
        {
            var (arguments, apart) =
                (result.GetValue(more) ?? [], result.Tokens.SkipWhile(token => token.Type != TokenType.DoubleDash).Skip(1).Count());
            var options = new AccuracyOptions
            {
                Data = result.GetRequiredValue(data),
                Sets = result.GetValue(sets)?.Split(',', StringSplitOptions.TrimEntries).Distinct().ToArray(),
                SeedList = result.GetRequiredValue(seeds),
                Config = result.GetValue(config),
                BudgetMinutes = result.GetValue(budget),
                AtOnce = result.GetValue(atOnce),
                Work = result.GetRequiredValue(work),
                TrainerArguments = arguments[^apart..],
                StrayArguments = arguments[..^apart],
            };
            return RunAsync(options, result.GetValue(trainer), result.GetValue(markdown), result.GetValue(json), cancellation);
        });
        return command;
    }

    private static async Task<int> RunAsync(
        AccuracyOptions options, string? trainerFile, string? markdown, bool json, CancellationToken cancellation)
    {
        // 1. Everything that is wrong, at once.
        var trainer = TrainerProcess.Find(trainerFile);
        List<string> problems = [.. options.Problems()];
        if (trainer is null)
            problems.Add(
                $"edge-trainer was not found{(trainerFile is null ? "" : $" at {trainerFile}")}; build it (./build.sh build), or name it " +
                "with --trainer");
        if (markdown is not null && ResultFile.Problem("--markdown", markdown) is { } unwritable)
            problems.Add(unwritable);
        if (problems.Count > 0)
            throw new UserException(ExitCode.BadInput, string.Join(Environment.NewLine, problems));

        // 2. Training
        var (runs, failures) = await new AccuracyBenchmark(options, trainer!).RunAsync(cancellation);

        // 3. The table, of what succeeded
        var table = new AccuracyTable(runs);
        if (runs.Count > 0 && json)
            Console.Out.WriteLine(table.ToJson(trainer!.Version).ToJsonString(Json));
        else if (runs.Count > 0)
            table.Print(AnsiConsole.Console);
        if (runs.Count > 0 && markdown is not null)
            await File.WriteAllTextAsync(markdown, table.ToMarkdown(CommandLine(options), trainer!.Version), cancellation);
        foreach (var failure in failures)
            Console.Error.WriteLine($"edge-bench: {failure}");
        return failures.Count == 0 ? ExitCode.Done : ExitCode.Refused;
    }

    // As somebody else would type it: without this machine's folders.
    private static string CommandLine(AccuracyOptions options) => string.Join(' ', new[]
    {
        $"edge-bench accuracy --data {Path.GetFileName(Path.TrimEndingDirectorySeparator(options.Data))}",
        options.Sets is null ? "" : $"--sets {string.Join(',', options.Sets)}",
        $"--seeds {string.Join(',', options.Seeds)}",
        options.Config is null ? "" : $"--config {Path.GetFileName(options.Config)}",
        options.BudgetMinutes is { } minutes ? $"--budget-minutes {minutes.ToString(CultureInfo.InvariantCulture)}" : "",
        options.AtOnce == 1 ? "" : $"--at-once {options.AtOnce}",
        options.TrainerArguments.Count == 0 ? "" : $"-- {string.Join(' ', options.TrainerArguments)}",
    }.Where(part => part.Length > 0));
}
