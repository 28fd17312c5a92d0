using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using Edge.Bundles.Common;
using Edge.Bundles.Tasks;
using Edge.Trainer.Data;
using Edge.Trainer.Data.Cleaning;
using Edge.Trainer.Data.Reading;
using Edge.Trainer.DataCheck;
using Spectre.Console;

namespace Edge.Trainer.Commands;

/// <summary><c>edge-trainer data check</c>: what is in the data and what is wrong with them.</summary>
internal static class DataCheckCommand
{
    private static readonly JsonSerializerOptions Json =
        new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, WriteIndented = true };

    /// <summary>Builds the command.</summary>
    public static Command Create(CancellationToken cancellation)
    {
        var data = new Argument<string>("DIR") { Description = "Folder with train, dev and test (.jsonl, .csv or .json), or one file." };
        var task = TrainerOptions.Task();
        var map = TrainerOptions.Map();
        var offsets = TrainerOptions.Offsets();
        var suspicious = new Option<int>("--suspicious")
        {
            HelpName = "N", DefaultValueFactory = _ => 20,
            Description = "Most suspicious annotations to list, 0 to 100000 (--json lists all); 0 does not look for them, which is faster."
        };
        var clean = new Option<string?>("--clean")
        {
            HelpName = "FILE",
            Description = "Cleaning rules to apply first, as in data.cleaning of a recipe: [{\"pattern\":\"...\",\"replacement\":\"\"}]."
        };
        var json = new Option<bool>("--json") { Description = "One JSON document instead of tables." };
        var command = new Command(
            "check",
            "Counts, balance, lengths, duplicates within and across splits, conflicting and suspicious annotations.\n" +
            $"Ends with 1 where rows cannot be used or more than {DataCheckResult.LeakageAllowed * 100:0} % of dev or test is in train " +
            "to the letter.\n" +
            "Example: edge-trainer data check data/calls --suspicious 50")
        {
            data, task, map, offsets, clean, suspicious, json,
        };
        command.SetAction(arguments => CommandGuard.Run("data check", Console.Error, () =>
        {
            var most = arguments.GetValue(suspicious);
            if (most is < 0 or > 100_000)
                throw new UserException($"--suspicious is {most}; use 0 to 100000");
            var definition = arguments.GetValue(task) is { } file ? TaskFile.Read(file) : null;
            var options = new DataReadOptions
            {
                Map = ColumnMap.Parse(arguments.GetValue(map)),
                Task = definition,
                Offsets = OffsetUnits.Parse(arguments.GetValue(offsets)),
                BadRows = new List<BadRow>(),
                Accounts = new List<FileAccount>(),
                Preparation = new DataPreparation { Cleaning = arguments.GetValue(clean) is { } rules ? CleaningFile.Read(rules) : [] },
            };
            return Run(arguments.GetRequiredValue(data), options, most, arguments.GetValue(json), cancellation);
        }));
        return command;
    }

    private static int Run(string data, DataReadOptions options, int suspicious, bool json, CancellationToken cancellation)
    {
        DataCheckResult check;
        try
        {
            check = DataCheckResult.Run(DataFolder.Read(data, options), options.Task, [.. options.BadRows!], suspicious > 0, cancellation);
        }
        catch (DataException problem) when (problem is BadRowsException || options.BadRows!.Count > 0)
        {
            // What was found by then is shown with it.
            BadRow[] bad = [.. options.BadRows!, .. (problem as BadRowsException)?.Rows.Except(options.BadRows!) ?? []];
            string[] errors = [DataCheckResult.BadRowsError(bad.Length), .. problem is BadRowsException ? [] : new[] { problem.Message }];
            if (json)
                Console.WriteLine(DataCheckJson.Of([.. options.Accounts!], bad, errors).ToJsonString(Json));
            else
                new DataCheckPrinter(Terminal()).Print([.. options.Accounts!], bad, errors);
            return ExitCode.Refused;
        }
        if (json)
            Console.WriteLine(DataCheckJson.Of(check).ToJsonString(Json));
        else
            new DataCheckPrinter(Terminal()).Print(check, suspicious);
        return check.Errors.Count == 0 ? ExitCode.Done : ExitCode.Refused;
    }

    // In a file or a pipe: no colours, and no columns that are cut to a width that is not there.
    private static IAnsiConsole Terminal()
    {
        if (!Console.IsOutputRedirected) return AnsiConsole.Console;
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors });
        console.Profile.Width = 180;
        return console;
    }
}
