using System.CommandLine;
using System.Text.Json;
using Edge.Appliance;
using Edge.Appliance.Analysis;
using Spectre.Console;

namespace Edge.Bench;

/// <summary><c>edge-bench model</c>: latency of a bundle on this machine, and a verdict against a budget.</summary>
internal static class ModelCommand
{
    /// <summary>Creates the command.</summary>
    public static Command Create()
    {
        var bundle = new Option<string>("--bundle") { Description = "Directory of the bundle.", HelpName = "DIR", Required = true };
        var budget = new Option<double?>("--budget-ms") { Description = "Fail (exit 1) where the 99th percentile at 16 characters is above it.", HelpName = "MS" };
        var seconds = new Option<int>("--seconds") { Description = "How long to measure (default: 10).", HelpName = "S", DefaultValueFactory = _ => 10 };
        var json = new Option<bool>("--json") { Description = "Print JSON." };
        var command = new Command("model", "Measures latency from text to answer, by length and precision.\nExample: edge-bench model --bundle out/demo/bundle --budget-ms 5")
        {
            bundle, budget, seconds, json,
        };
        seconds.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is var value and (< 1 or > 3600))
                result.AddError($"--seconds is {value}; use 1 to 3600.");
        });
        budget.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<double?>() is <= 0)
                result.AddError("--budget-ms must be a number above 0.");
        });
        command.SetAction(result => Run(
            result.GetRequiredValue(bundle), result.GetValue(budget), TimeSpan.FromSeconds(result.GetValue(seconds)), result.GetValue(json)));
        return command;
    }

    private static int Run(string directory, double? budget, TimeSpan duration, bool json)
    {
        var bundles = new List<ServedBundle>();
        try
        {
            bundles.Add(ServedBundle.Open(directory, "--bundle", "auto"));
            if (bundles[0].Precision != "fp32")
                bundles.Add(ServedBundle.Open(directory, "--bundle", "fp32"));
            var rows = ModelBenchmark.Run(bundles, duration);
            // What the appliance serves, at the length of a usual utterance.
            var typical = rows.Last(row => row.Precision == bundles[0].Precision && row.Characters <= 16);
            var isWithin = budget is null || typical.LatencyMs.P99 <= budget;
            if (json)
                Console.Out.WriteLine(JsonSerializer.Serialize(new { bundle = bundles[0].Id, rows, budgetMs = budget, withinBudget = isWithin }, Json));
            else
                Print(bundles[0].Id, rows, budget, isWithin, typical);
            return isWithin ? ExitCode.Done : ExitCode.CheckFailed;
        }
        finally
        {
            bundles.ForEach(bundle => bundle.Dispose());
        }
    }

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    private static void Print(string bundle, IReadOnlyList<ModelRow> rows, double? budget, bool isWithin, ModelRow typical)
    {
        Console.Out.WriteLine($"Text to answer, one thread, milliseconds (bundle {bundle})");
        var table = new Table().Border(TableBorder.Rounded);
        table.AddColumns(
            new TableColumn("precision"), Number("characters"), Number("p50"), Number("p90"), Number("p99"), Number("max"), Number("utterances"));
        foreach (var row in rows)
        {
            table.AddRow(row.Precision, $"{row.Characters}", $"{row.LatencyMs.P50:0.00}", $"{row.LatencyMs.P90:0.00}", $"{row.LatencyMs.P99:0.00}",
                $"{row.LatencyMs.Max:0.00}", $"{row.Count}");
        }
        AnsiConsole.Write(table);
        if (budget is not null)
        {
            Console.Out.WriteLine(isWithin
                ? $"Within the budget: 99 of 100 utterances of {typical.Characters} characters take at most {typical.LatencyMs.P99:0.00} ms of {budget:0.##} ms."
                : $"Over the budget: one of 100 utterances of {typical.Characters} characters takes more than {typical.LatencyMs.P99:0.00} ms; the budget is {budget:0.##} ms. 'edge-bench doctor' says what this box has.");
        }

        static TableColumn Number(string title) => new TableColumn(title).RightAligned();
    }
}
