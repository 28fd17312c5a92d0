using System.Globalization;
using Edge.Bundles.Tasks;
using Edge.Trainer.Evaluation;
using Spectre.Console;

namespace Edge.Trainer.Reporting;

/// <summary>Prints a report for people.</summary>
internal static class ReportTable
{
    /// <summary>
    /// One line a head and a kind of stress, in per cent where the figure is a share; what stands in brackets is the 95 % confidence
    /// interval.
    /// </summary>
    public static void Print(EvaluationReport report, IReadOnlyList<StressResult> stress, IAnsiConsole console)
    {
        var table = new Table { Border = TableBorder.Simple }.AddColumns("head", "utterances", "figures");
        foreach (var (name, head) in report.Heads)
            table.AddRow(new Text(name), new Text(Number(head.Count)),
                new Text(string.Join("  ", Shown(head.Kind).Select(metric => Show(head, metric)))));
        console.Write(table);
        var interval = report.SentenceInterval is { } found ? $" [{Percent(found.Low)} to {Percent(found.High)}]" : "";
        console.Profile.Out.Writer.WriteLine($"{report.Precision}, {Number(report.Count)} utterances{Sentences(report)}{interval}");
        if (report.OutOfScope is { } scope)
            console.Profile.Out.Writer.WriteLine(Scope(scope));
        foreach (var (kind, harder) in stress)
        {
            var heads = harder.Heads.Select(head => $"{head.Name} {MainFigure(head.Report)}");
            console.Profile.Out.Writer.WriteLine($"made harder ({kind}): {string.Join(", ", heads)}{Sentences(harder)}");
        }
    }

    private static string Scope(ScopeReport scope)
    {
        var figures = scope.Score is { } score ? $"{Figures(score)} (confidence alone: {Figures(scope.Confidence)})"
            : $"by confidence alone {Figures(scope.Confidence)}";
        return $"out of scope, {Number(scope.OutOfScope)} utterances beside {Number(scope.InScope)} in scope: {figures}; at the bundle's " +
            $"thresholds {Percent(scope.AcceptedOutOfScope)} % of them are accepted, and {Percent(scope.AcceptedInScope)} % of those " +
            "in scope";

        static string Figures(ScopeFigures figures)
        {
            var (auroc, recall) = figures.Intervals is { } found
                ? ($" [{Decimal(found.Auroc.Low)} to {Decimal(found.Auroc.High)}]",
                    $" [{Percent(found.RecallAt95.Low)} to {Percent(found.RecallAt95.High)}]")
                : ("", "");
            return $"AUROC {Decimal(figures.Auroc)}{auroc}, {Percent(figures.RecallAt95)} %{recall} found where 95 % in scope are accepted";
        }

        static string Decimal(double value) => value.ToString("0.0000", CultureInfo.InvariantCulture);
    }

    private static string MainFigure(HeadReport report) =>
        report.Kind == HeadKind.Score ? report.Main.ToString("0.0000", CultureInfo.InvariantCulture) : Percent(report.Main);

    private static string Sentences(EvaluationReport report) =>
        double.IsNaN(report.SentenceAccuracy) ? "" : $", every head right in {Percent(report.SentenceAccuracy)} %";

    private static string[] Shown(HeadKind kind) => kind switch
    {
        HeadKind.Single => ["accuracy", "macroF1", "ece"],
        HeadKind.Multi => ["precision", "recall", "f1", "macroF1", "exactMatch", "ece"],
        HeadKind.Span => ["precision", "recall", "f1", "macroF1", "ece"],
        _ => ["mae", "rmse", "pearson", "spearman"],
    };

    private static string Show(HeadReport head, string metric)
    {
        var isShare = head.Kind != HeadKind.Score && metric != "ece";
        var interval = metric == HeadReport.MainFigure(head.Kind) && head.IntervalOf(metric) is { } found
            ? $" [{Figure(found.Low)} to {Figure(found.High)}]"
            : "";
        return $"{metric} {Figure(head[metric])}{(isShare ? " %" : "")}{interval}";

        string Figure(double value) => isShare ? Percent(value) : value.ToString("0.0000", CultureInfo.InvariantCulture);
    }

    private static string Percent(double share) => (share * 100).ToString("0.00", CultureInfo.InvariantCulture);

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
