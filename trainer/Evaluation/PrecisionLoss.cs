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

    /// <summary>
    /// Whether test confirms what dev decided: a line with the worst head, and one for each head that loses more than is allowed.
    /// </summary>
    /// <param name="fp32">Figures of the single-precision file on test.</param>
    /// <param name="precision">The other file's precision.</param>
    /// <param name="other">Its figures on test.</param>
    public static (string Worst, IReadOnlyList<string> Beyond) OnTest(EvaluationReport fp32, string precision, EvaluationReport other)
    {
        var losses = ByHead(fp32, other).Where(head => !double.IsNaN(head.Lost)).ToList();
        var worst = losses.Count == 0 ? "no head to compare" : $"worst head loses {Points(Math.Max(losses.Max(head => head.Lost), 0))}";
        var beyond = losses.Where(head => head.Lost > Allowed).Select(head =>
            $"{precision} on test: head {head.Head} loses {Points(head.Lost)} against fp32 on {fp32.Head(head.Head)!.Count} utterances, " +
            $"more than {Points(Allowed)}; that may be chance, and dev decides, not test");
        return ($"{precision} against fp32 on test: {worst}", [.. beyond]);
    }

    /// <summary>For people.</summary>
    public static string Points(double lost) => string.Create(CultureInfo.InvariantCulture, $"{lost * 100:0.00} points");
}
