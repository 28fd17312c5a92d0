using System.Xml.Linq;
using Edge.Bundles.Tasks;
using Edge.Trainer.Evaluation;
using Edge.Trainer.Reporting.Charts;
using Edge.Trainer.Reporting.Content;
using Edge.Trainer.Reporting.Html;

namespace Edge.Trainer.Reporting.Sections;

/// <summary>A score head's answers against the annotation, a dot an utterance.</summary>
internal static class ScoreChart
{
    private const int MostDots = 600;

    /// <summary>Writes the chart; <c>null</c> for other kinds of heads.</summary>
    public static XElement? Write(ReportContent content, JudgedHead judged)
    {
        if (judged.Head.Kind != HeadKind.Score)
            return null;
        var id = $"score-of-{judged.Head.Name}";
        var report = content.Figures.Head(judged.Head.Name)!;
        var every = Math.Max(1, judged.Answers.Count / MostDots);
        var chart = new LineChart
        {
            Lines = [new ChartLine("", [(0, 0), (1, 1)])],
            Horizontal = ("人工标注（横）与模型打分（纵）", "annotated (across), answered (up)"),
            X = (0, 1),
            Y = (0, 1),
            More = (x, y) => judged.Answers.Where((_, i) => i % every == 0).Select(answer => Tag.Of(
                "circle", "area", Tag.Attribute("cx", x[answer.GoldScore]), Tag.Attribute("cy", y[answer.Prediction.Score!.Value]),
                Tag.Attribute("r", 3.0))),
        };
        return Tag.Of("figure", "half", Tag.Of("figcaption", "", Tag.Attribute("id", id), Tag.Of("p", "note", Tag.Both(
            $"越靠近斜线越好。相关系数 {Value(report["pearson"])}（皮尔逊）、{Value(report["spearman"])}（斯皮尔曼），均方根误差 {report["rmse"]:0.000}。",
            $"The closer to the slanted line, the better. " +
            $"Correlation {Value(report["pearson"])} (Pearson), {Value(report["spearman"])} (Spearman); root mean " +
            $"squared error {report["rmse"]:0.000}."))),
            chart.Draw(id));
    }

    private static string Value(double value) => double.IsNaN(value) ? "–" : $"{value:0.00}";
}
