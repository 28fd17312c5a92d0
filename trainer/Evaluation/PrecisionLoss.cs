using System.Globalization;

namespace Edge.Trainer.Evaluation;

/// <summary>What heads lose from single precision to another one.</summary>
internal static class PrecisionLoss
{
    /// <summary>Most that a head may lose: half a point.</summary>
    public const double Allowed = 0.005;

    /// <summary>Score lost by head, 0 to 1; negative where it was gained.</summary>
    public static IEnumerable<(string Head, double Lost)> ByHead(EvaluationReport fp32, EvaluationReport other) =>
        fp32.Heads.Select(head => (head.Name, head.Report.Score - other.Heads.First(same => same.Name == head.Name).Report.Score));

    /// <summary>What the worst head lost.</summary>
    public static double Worst(EvaluationReport fp32, EvaluationReport other) => ByHead(fp32, other).Max(head => head.Lost);

    /// <summary>For people.</summary>
    public static string Points(double lost) => string.Create(CultureInfo.InvariantCulture, $"{lost * 100:0.00} points");
}
