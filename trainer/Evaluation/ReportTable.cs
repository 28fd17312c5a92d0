using System.Globalization;
using Spectre.Console;

namespace Edge.Trainer.Evaluation;

/// <summary>Prints a report for people.</summary>
internal static class ReportTable
{
    /// <summary>One line a head, in per cent where the figure is a share.</summary>
    public static void Print(EvaluationReport report, IAnsiConsole console)
    {
        var table = new Table { Border = TableBorder.Simple }.AddColumns("head", "utterances", "figures");
        foreach (var (name, head) in report.Heads)
            table.AddRow(Markup.Escape(name), Number(head.Count), string.Join("  ", head.Metrics.Select(Show)));
        console.Write(table);
        console.WriteLine($"{report.Precision}, {Number(report.Count)} utterances, every head right in {Percent(report.SentenceAccuracy)}");
    }

    private static string Show((string Name, double Value) metric) => metric.Name is "ece" or "mae" or "mse"
        ? $"{metric.Name} {metric.Value.ToString("0.0000", CultureInfo.InvariantCulture)}"
        : $"{metric.Name} {Percent(metric.Value)}";

    private static string Percent(double share) => (share * 100).ToString("0.00", CultureInfo.InvariantCulture) + " %";

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
