using System.Xml.Linq;
using Edge.Bundles.Tasks;
using Edge.Trainer.Evaluation;
using Edge.Trainer.Reporting.Charts;
using Edge.Trainer.Reporting.Content;
using Edge.Trainer.Reporting.Html;

namespace Edge.Trainer.Reporting.Sections;

/// <summary>Whether a head knows how sure it may be: the reliability diagram, and the coverage curve with the threshold on it.</summary>
internal static class ConfidenceCharts
{
    private const int Bins = 10;

    /// <summary>Writes both charts; <c>null</c> for scores, which have no confidence.</summary>
    public static XElement? Write(ReportContent content, JudgedHead judged) => judged.Head.Kind == HeadKind.Score
        ? null
        : Tag.Of("div", "pair", Reliability(content, judged), Coverage(content, judged));

    private static XElement Reliability(ReportContent content, JudgedHead judged)
    {
        var bins = CalibrationError.Reliability(judged.Confidences, Bins);
        var error = content.Figures.Head(judged.Head.Name)!["ece"];
        var most = bins.Max(bin => bin.Count);
        var chart = new LineChart
        {
            Lines = [new ChartLine("", [(0, 0), (1, 1)])],
            Horizontal = ("模型自报的把握", "how sure the model says it is"),
            X = (0, 1),
            Y = (0, 1),
            PercentX = true,
            PercentY = true,
            More = (x, y) => bins.SelectMany(bin => Bar(bin, most, x, y)),
        };
        var id = $"reliability-{judged.Head.Name}";
        return Tag.Of("figure", "",
            Tag.Of("figcaption", "", Tag.Attribute("id", id), Tag.Of("h3", "", Tag.Both("自报的把握可信吗", "Can its confidence be trusted?")),
                Tag.Of("p", "note", Tag.Both(
            $"柱高是实际正确率，越贴近斜线越可信；柱子越宽，落在那里的答案越多。平均相差 {error * 100:0.0} 个百分点（ECE）。",
            $"The height of a bar is how often such answers are right: on the slanted line confidence and truth agree. Wider bars hold " +
            $"more answers. Mean gap {error * 100:0.0} points (ECE)."))),
            chart.Draw(id));
    }

    private static IEnumerable<XElement> Bar(ReliabilityBin bin, int most, ChartScale x, ChartScale y)
    {
        var full = x[bin.To] - x[bin.From] - 2;
        var width = Math.Max(3, full * Math.Sqrt((double)bin.Count / most));
        var left = x[bin.From] + 1 + ((full - width) / 2);
        yield return Tag.Of(
            "rect", "area", Tag.Attribute("x", left), Tag.Attribute("y", y[bin.Accuracy]), Tag.Attribute("width", width),
            Tag.Attribute("height", Math.Max(1, y[0] - y[bin.Accuracy])),
            Tag.Of("title", "", $"{Tag.Whole(bin.From)}–{Tag.Whole(bin.To)} %: {Tag.Percent(bin.Accuracy)} ({Tag.Count(bin.Count)})"));
    }

    private static XElement Coverage(ReportContent content, JudgedHead judged)
    {
        var curve = judged.Coverage;
        var threshold = content.Thresholds.GetValueOrDefault(judged.Head.Name);
        var accepted = curve.At(threshold);
        // The first few answers alone make the curve jump; from a fiftieth of the answers on it says something.
        var points = curve.Points.Where(point => point.Coverage >= 0.02).Select(point => (point.Coverage, point.Accuracy)).ToArray();
        var lowest = Math.Min(points.Min(point => point.Accuracy), 0.98);
        var chart = new LineChart
        {
            Lines = [new ChartLine("", points)],
            Horizontal = ("直接采用的答案所占比例", "share of answers that are accepted"),
            X = (0, 1),
            Y = (Math.Floor((lowest - 0.005) * 20) / 20, 1),
            PercentX = true,
            PercentY = true,
            More = (x, y) => Marker(accepted, x, y),
        };
        var id = $"coverage-{judged.Head.Name}";
        return Tag.Of("figure", "",
            Tag.Of("figcaption", "", Tag.Attribute("id", id), Tag.Of("h3", "", Tag.Both("自动化多少，正确多少", "How much can be automated?")),
                Tag.Of("p", "note", Tag.Both(
            $"只采用把握大的答案时，采用的比例（横轴）和其中的正确率（纵轴）。圆点是现在的门槛 {threshold:0.00}：采用 {Tag.Percent(accepted.Coverage)}，正确 " +
            $"{Tag.Percent(accepted.Accuracy)}。",
            $"Accepting only sure answers: their share (across) and how many of them are right (up). The dot is the present " +
            $"threshold {threshold:0.00}: {Tag.Percent(accepted.Coverage)} accepted, {Tag.Percent(accepted.Accuracy)} of them right."))),
            chart.Draw(id));
    }

    private static IEnumerable<XElement> Marker(CoveragePoint accepted, ChartScale x, ChartScale y)
    {
        if (accepted.Coverage <= 0)
            yield break;
        yield return Tag.Of("path", "guide",
            Tag.Attribute(
                "d", $"M{Tag.Number(x[accepted.Coverage])} {Tag.Number(y[y.From])}V{Tag.Number(y[accepted.Accuracy])}H{Tag.Number(x[0])}"));
        yield return Tag.Of("circle", "marker", Tag.Attribute("cx", x[accepted.Coverage]), Tag.Attribute("cy", y[accepted.Accuracy]),
            Tag.Attribute("r", 5.0));
    }
}
