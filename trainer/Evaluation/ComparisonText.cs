using System.Globalization;

namespace Edge.Trainer.Evaluation;

/// <summary>Says in words what a comparison shows.</summary>
internal static class ComparisonText
{
    private static readonly Dictionary<string, string> Names = new(StringComparer.Ordinal)
    {
        ["accuracy"] = "accuracy",
        ["macroF1"] = "macro F1",
        ["f1"] = "F1",
        ["exactMatch"] = "exactly right answers",
        ["sentenceAccuracy"] = "sentence accuracy",
        ["mae"] = "mean error",
        ["rmse"] = "root mean squared error",
    };

    /// <summary>The verdict: one sentence for each main figure that differs, one for all that do not.</summary>
    /// <param name="comparison">What was found.</param>
    /// <param name="first">Name of the first bundle.</param>
    /// <param name="second">Name of the second bundle.</param>
    public static IEnumerable<string> Verdict(PairedComparison comparison, string first, string second)
    {
        foreach (var figure in comparison.Main.Where(figure => figure.AdjustedP < PairedComparison.Level))
        {
            var better = figure.Gain > 0 ? second : first;
            yield return $"{better} is better on {Place(figure)} by {Amount(figure, Math.Abs(figure.Gain))} {Names[figure.Figure]} (p = " +
                $"{P(figure.AdjustedP!.Value)}).";
        }
        var same = comparison.Main.Where(figure => figure.AdjustedP >= PairedComparison.Level).ToArray();
        if (same.Length > 0)
            yield return $"No difference shown on {string.Join(", ", same.Select(figure => $"{Place(figure)} (p = " +
                $"{P(figure.AdjustedP!.Value)})"))}.";
        yield return $"These p-values are adjusted for {comparison.Main.Count()} comparisons at once " +
            $"(Holm); below {PairedComparison.Level} a difference counts as shown.";
    }

    /// <summary>One line a figure: both values, the interval of their difference, the test.</summary>
    public static IEnumerable<string> Lines(PairedComparison comparison) => comparison.Figures.Select(figure =>
        $"{Place(figure)}, {Names[figure.Figure]}: {Value(figure, figure.First)} -> {Value(figure, figure.Second)}, difference " +
        $"{Signed(figure, figure.Second - figure.First)} " +
        $"[{Signed(figure, figure.Difference.Low)} to {Signed(figure, figure.Difference.High)}], p = {P(figure.P)} (" +
        $"{(figure.Test == "mcnemar" ? "McNemar, exact" : "approximate randomization")})");

    private static string Place(PairedFigure figure) => figure.Head ?? "whole sentences";

    private static string Amount(PairedFigure figure, double value) =>
        figure.LowerIsBetter ? $"{Value(figure, value)} of" : $"{Value(figure, value)} points of";

    private static string Value(PairedFigure figure, double value) => figure.LowerIsBetter
        ? value.ToString("0.0000", CultureInfo.InvariantCulture)
        : (value * 100).ToString("0.00", CultureInfo.InvariantCulture);

    private static string Signed(PairedFigure figure, double value) => (value < 0 ? "" : "+") + Value(figure, value);

    private static string P(double p) => p < 0.001 ? "0.001 or less" : p.ToString("0.000", CultureInfo.InvariantCulture);
}
