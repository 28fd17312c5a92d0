using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Edge.Bundles;
using Edge.Bundles.Common;
using Edge.Trainer.Data;
using Edge.Trainer.Data.Reading;
using Edge.Trainer.Evaluation;
using Edge.Trainer.Reporting;
using Edge.Trainer.Reporting.Content;
using Spectre.Console;

namespace Edge.Trainer.Commands;

/// <summary><c>edge-trainer evaluate</c>: a bundle's figures on labelled utterances, alone or against another bundle.</summary>
internal static class EvaluateCommand
{
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private sealed record Request(string Bundle, string? Against, string Data, string Precision, string? Map, string? Offsets,
        string? SkipBad, bool Json, bool Details, string? Errors, bool Stress, string? Report);

    /// <summary>Builds the command.</summary>
    public static Command Create(CancellationToken cancellation)
    {
        var bundle = new Option<string>("--bundle") { Required = true, HelpName = "DIR", Description = "Folder of the bundle." };
        var against = new Option<string?>("--against")
        {
            HelpName = "DIR",
            Description =
                "Another bundle of the same heads and labels: says which is better, and whether chance explains it. Without --details " +
                "and --stress."
        };
        var data = new Option<string>("--data")
        {
            Required = true, HelpName = "FILE", Description = "Labelled utterances: .jsonl, .csv or .json."
        };
        var precision = new Option<string>("--precision")
        {
            HelpName = "NAME", DefaultValueFactory = _ => Precision.Int8, Description = string.Join(", ", Precision.All) + "."
        };
        precision.AcceptOnlyFromAmong([.. Precision.All]);
        var map = TrainerOptions.Map();
        var offsets = TrainerOptions.Offsets();
        var skipBad = TrainerOptions.SkipBad();
        var json = new Option<bool>("--json") { Description = "One line of JSON instead of a table." };
        var details =
            new Option<bool>("--details") { Description = "With --json: per-label tables, confusion matrices, reliability, coverage." };
        var errors = new Option<string?>("--errors")
        {
            HelpName = "FILE", Description = "Write every utterance with a wrong answer to this file, one JSON object a line. Not masked."
        };
        var stress = new Option<bool>("--stress")
        {
            Description = "Measure too on the same utterances made harder: colloquial, typos, long, speech recognition noise."
        };
        var report = new Option<string?>("--report")
        {
            HelpName = "FILE", Description = "Write a report for people to this file: one HTML page, personal data masked."
        };
        var command = new Command(
            "evaluate",
            "Measures a bundle on labelled utterances, with 95 % confidence intervals; compares two bundles with tests of significance.\n" +
            "Example: edge-trainer evaluate --bundle bundles/first --data test.jsonl --precision int8 --json\n" +
            "Example: edge-trainer evaluate --bundle bundles/first --against bundles/second --data test.jsonl")
        {
            bundle, against, data, precision, map, offsets, skipBad, json, details, errors, stress, report,
        };
        command.SetAction(arguments => CommandGuard.Run("evaluate", Console.Error, () => Run(
            new Request(
                arguments.GetRequiredValue(bundle), arguments.GetValue(against), arguments.GetRequiredValue(data),
                arguments.GetRequiredValue(precision), arguments.GetValue(map), arguments.GetValue(offsets),
                arguments.GetValue(skipBad), arguments.GetValue(json), arguments.GetValue(details), arguments.GetValue(errors),
                arguments.GetValue(stress), arguments.GetValue(report)),
            cancellation)));
        return command;
    }

    private static int Run(Request request, CancellationToken cancellation)
    {
        if (request.Against is not null && (request.Details || request.Stress))
            throw new UserException(
                $"{(request.Details ? "--details" : "--stress")} does not go with --against, which compares figures alone; measure each " +
                "bundle by itself for it");

        // 1. Bundles
        var first = BundleUnderTest.Open(request.Bundle, request.Precision, "--bundle");
        var second = request.Against is null ? null : BundleUnderTest.Open(request.Against, request.Precision, "--against");
        if (second is not null)
            UserException.ThrowIfAny([.. PairedComparison.Problems(first.Task, second.Task)]);

        // 2. Data, answers, figures
        var notes = new List<string>();
        var utterances = DataFile.Read(
            request.Data,
            new DataReadOptions
            {
                Map = ColumnMap.Parse(request.Map), SkipBadFile = request.SkipBad, Task = first.TaskWithoutLabels, Spelling = first.Task,
                Offsets = OffsetUnits.Parse(request.Offsets),
            },
            notes, out var account);
        if (!request.Json || account.BadRows > 0)
            Console.Error.WriteLine(account);
        var judged = first.Judge(utterances, cancellation);
        notes.AddRange(UnknownLabels.Notes(first.Task, utterances, request.Data, "the bundle"));
        notes.AddRange(
            judged.Heads.Where(head => head.Answers.Count == 0).Select(head => $"No row annotates {head.Head.Name}: it has no figures."));
        foreach (var note in notes)
            Console.Error.WriteLine($"note: {note}");
        var report = judged.Report(request.Precision, intervals: true);
        if (request.Errors is { } file)
            File.WriteAllLines(file, EvaluationDetails.Errors(judged).Select(line => line.ToJsonString(Json)));

        var stress = request.Stress
            ? StressFigures.Measure(utterances, first.Task.Language, request.Precision, harder => first.Judge(harder, cancellation))
            : [];
        if (request.Report is { } page)
            ReportPage.Write(page, Content(first, Path.GetFileName(request.Data), judged, report, stress));

        // 3. Comparison, or the figures alone
        if (second is not null)
            Compare(request, report, judged, second.Judge(utterances, cancellation));
        else if (request.Json)
            Console.WriteLine(ToJson(request, report, judged, first.Entry, stress).ToJsonString(Json));
        else
            ReportTable.Print(report, stress, AnsiConsole.Console);
        return ExitCode.Done;
    }

    private static ReportContent Content(
        BundleUnderTest bundle, string data, JudgedSet judged, EvaluationReport report, IReadOnlyList<StressResult> stress) => new()
        {
            BundleId = bundle.Bundle.Manifest.Id,
            Created = TimeProvider.System.GetUtcNow(),
            Task = bundle.Task,
            Data = data,
            Judged = judged,
            Figures = report,
            Thresholds = bundle.Entry.Thresholds,
            Stress = stress,
            // the teacher was measured on the run's own test split
            Run = RunRecord.Read(bundle.Bundle) is { } run ? run with { Teacher = null } : null,
        };

    private static JsonObject ToJson(
        Request request, EvaluationReport report, JudgedSet judged, PrecisionEntry entry, IReadOnlyList<StressResult> stress)
    {
        var json = report.ToJson();
        if (request.Details)
            EvaluationDetails.AddTo(json, judged, entry.Thresholds);
        if (stress.Count > 0)
            json["stress"] = new JsonObject(stress.Select(result => KeyValuePair.Create(result.Kind, (JsonNode?)result.Report.ToJson())));
        return json;
    }

    private static void Compare(Request request, EvaluationReport report, JudgedSet first, JudgedSet second)
    {
        var comparison = PairedComparison.Create(first, second);
        if (request.Json)
        {
            Console.WriteLine(new JsonObject
            {
                ["precision"] = request.Precision,
                ["count"] = report.Count,
                ["bundle"] = report.ToJson(),
                ["against"] = second.Report(request.Precision, intervals: true).ToJson(),
                ["comparison"] = comparison.ToJson(),
            }.ToJsonString(Json));
            return;
        }
        foreach (var line in ComparisonText.Lines(comparison).Append("")
            .Concat(ComparisonText.Verdict(comparison, request.Bundle, request.Against!)))
            Console.WriteLine(line);
    }
}
