using System.Globalization;
using System.Text.Json.Nodes;
using Spectre.Console;

namespace Edge.Bench.Accuracy;

/// <summary>Runs brought together: one row a set, mean and spread over its seeds.</summary>
internal sealed class AccuracyTable
{
    private readonly IReadOnlyList<AccuracyRun> _runs;
    private readonly string[] _sets;
    private readonly string[] _columns;

    /// <summary>Groups runs by set.</summary>
    public AccuracyTable(IReadOnlyList<AccuracyRun> runs)
    {
        _runs = runs;
        _sets = [.. runs.Select(run => run.Set).Distinct()];
        string[] last = [AccuracyRun.WorstCalibration, AccuracyRun.Precision, AccuracyRun.Kept, AccuracyRun.Minutes];
        _columns = [
            .. runs.SelectMany(run => run.Figures.Select(figure => figure.Column)).Distinct()
                .OrderBy(column => Array.IndexOf(last, column))];
    }

    /// <summary>Prints the table.</summary>
    public void Print(IAnsiConsole console)
    {
        var table = new Table { Border = TableBorder.Rounded }.AddColumn("");
        foreach (var set in _sets)
            table.AddColumn(new TableColumn($"{set} ({Seeds(set)})").RightAligned());
        // Sets across and figures down: there are more figures than fit beside each other.
        foreach (var column in _columns)
            table.AddRow([column, .. _sets.Select(set => Cell(set, column))]);
        console.Write(table);
    }

    /// <summary>The table for a document, with what made it.</summary>
    /// <param name="command">The command.</param>
    /// <param name="version">Version and commit of the trainer.</param>
    public string ToMarkdown(string command, string version)
    {
        string[] head = ["set", .. _columns];
        var rows = _sets.Select(set => (string[])[$"{set} ({Seeds(set)})", .. _columns.Select(column => Cell(set, column))]);
        var table = new[] { head, [.. head.Select(_ => "---")] }.Concat(rows).Select(cells => $"| {string.Join(" | ", cells)} |");
        return $"INT8 student, test splits; mean ± standard deviation over the seeds. " +
            $"edge-trainer {version}, {Environment.ProcessorCount} processors.\n\n    {command}\n\n{string.Join('\n', table)}\n";
    }

    /// <summary>Means, spreads and every run.</summary>
    public JsonObject ToJson(string version) => new()
    {
        ["trainer"] = version,
        ["sets"] = new JsonObject(
            _sets.Select(
                set => KeyValuePair.Create(set,
                    (JsonNode?)new JsonObject(
                        _columns.Where(column => Values(set, column).Length > 0)
                            .Select(column => KeyValuePair.Create(column, (JsonNode?)new JsonObject
                            {
                                ["mean"] = Round(Values(set, column).Average()),
                                ["spread"] = Spread(Values(set, column)) is { } spread ? Round(spread) : null,
                                ["runs"] = new JsonObject(_runs.Where(run => run.Set == set).Select(run => KeyValuePair.Create(
                                    run.Seed.ToString(CultureInfo.InvariantCulture),
                                    (JsonNode?)run.Figures.Where(figure => figure.Column == column).Select(figure => Round(figure.Value))
                                        .FirstOrDefault()))),
                            })))))),
    };

    private string Cell(string set, string column)
    {
        var values = Values(set, column);
        if (values.Length == 0)
            return "";
        var (scale, form) = AccuracyRun.IsShare(column) ? (100, "0.00") : column == AccuracyRun.Minutes ? (1, "0.0") : (1, "0.000");
        var mean = (values.Average() * scale).ToString(form, CultureInfo.InvariantCulture);
        return Spread(values) is { } spread ? $"{mean} ± {(spread * scale).ToString(form, CultureInfo.InvariantCulture)}" : mean;
    }

    private double[] Values(string set, string column) =>
        [.. _runs.Where(run => run.Set == set).SelectMany(run => run.Figures.Where(figure => figure.Column == column))
            .Select(figure => figure.Value).Where(double.IsFinite)];

    // Standard deviation of a sample, as three seeds are one.
    private static double? Spread(double[] values) =>
        values.Length < 2 ? null : Math.Sqrt(values.Sum(value => Math.Pow(value - values.Average(), 2)) / (values.Length - 1));

    private string Seeds(string set) => _runs.Count(run => run.Set == set) is 1 ? "1 seed" : $"{_runs.Count(run => run.Set == set)} seeds";

    private static double Round(double value) => Math.Round(value, 6);
}
