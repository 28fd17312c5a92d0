using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using Edge.Bundles;
using Edge.Bundles.Inference;
using Edge.Trainer.Data;
using Edge.Trainer.Evaluation;
using Edge.Trainer.Running;
using Edge.Trainer.Training;
using Spectre.Console;

namespace Edge.Trainer.Commands;

/// <summary><c>edge-trainer evaluate</c>: a bundle's figures on labelled utterances, through the session that serves.</summary>
internal static class EvaluateCommand
{
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Builds the command.</summary>
    public static Command Create(CancellationToken cancellation)
    {
        var bundle = new Option<string>("--bundle") { Required = true, HelpName = "DIR", Description = "Folder of the bundle." };
        var data = new Option<string>("--data") { Required = true, HelpName = "FILE", Description = "Labelled utterances: .jsonl, .csv or .json." };
        var precision = new Option<string>("--precision") { HelpName = "NAME", DefaultValueFactory = _ => Precision.Int8, Description = string.Join(", ", Precision.All) + "." };
        precision.AcceptOnlyFromAmong([.. Precision.All]);
        var map = new Option<string?>("--map") { HelpName = "MAP", Description = "Columns and what they mean: \"对话内容=text,情感类型=sentiment\"." };
        var skipBad = new Option<string?>("--skip-bad") { HelpName = "FILE", Description = "Leave bad rows out and write them to this file." };
        var json = new Option<bool>("--json") { Description = "One line of JSON instead of a table." };
        var command = new Command(
            "evaluate",
            "Measures a bundle on labelled utterances.\nExample: edge-trainer evaluate --bundle bundles/first --data test.jsonl --precision int8 --json")
        {
            bundle, data, precision, map, skipBad, json,
        };
        command.SetAction(arguments => CommandGuard.Run("evaluate", Console.Error, () =>
        {
            var report = Evaluate(
                arguments.GetRequiredValue(bundle),
                arguments.GetRequiredValue(data),
                arguments.GetRequiredValue(precision),
                arguments.GetValue(map),
                arguments.GetValue(skipBad),
                cancellation);
            if (arguments.GetValue(json))
                Console.WriteLine(report.ToJson().ToJsonString(Json));
            else
                ReportTable.Print(report, AnsiConsole.Console);
            return ExitCode.Done;
        }));
        return command;
    }

    private static EvaluationReport Evaluate(
        string bundleFolder, string dataFile, string precision, string? map, string? skipBad, CancellationToken cancellation)
    {
        var bundle = BundleReader.Open(bundleFolder);
        var task = bundle.Manifest.Task;
        if (!bundle.Manifest.Precisions.TryGetValue(precision, out var entry))
            throw new UsageException([$"--precision is {precision}; the bundle has {string.Join(", ", bundle.Manifest.Precisions.Keys)}"]);
        // The task's labels are not imposed on the data: a label that the model cannot know is a miss, not a bad row.
        var unlabelled = task with { Heads = [.. task.Heads.Select(head => head with { Labels = [] })] };
        var utterances = DataFile.Read(dataFile, new DataReadOptions
        {
            Map = map is null ? null : ColumnMap.Parse(map),
            SkipBadFile = skipBad,
            Task = unlabelled,
        });

        var set = EvaluationSet.Create(utterances, new ExampleEncoder(bundle.LoadTokenizer(), task));
        using var session = StudentSession.Open(bundle.PathOf(entry), task.Heads);
        return Evaluator.Evaluate(precision, task, set, StudentLogits.Compute(session, set.Examples, cancellation), entry.Temperatures);
    }
}
