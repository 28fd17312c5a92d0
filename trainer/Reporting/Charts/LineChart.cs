using System.Globalization;
using System.Xml.Linq;
using Edge.Trainer.Reporting.Html;

namespace Edge.Trainer.Reporting.Charts;

/// <summary>A chart of lines with two axes, drawn as SVG that scales to its place. Lines differ in colour and in dashes.</summary>
internal sealed record LineChart
{
    private const double Width = 440, Height = 260, Left = 46, Right = 22, Top = 12, Bottom = 40;

    /// <summary>Kinds of lines that the style sheet tells apart.</summary>
    public const int Styles = 8;

    /// <summary>The lines.</summary>
    public required IReadOnlyList<ChartLine> Lines { get; init; }

    /// <summary>What the horizontal axis shows, in Chinese and in English.</summary>
    public required (string Chinese, string English) Horizontal { get; init; }

    /// <summary>Ends of the horizontal axis.</summary>
    public required (double From, double To) X { get; init; }

    /// <summary>Ends of the vertical axis.</summary>
    public required (double From, double To) Y { get; init; }

    /// <summary>Marks both axes in per cent.</summary>
    public bool PercentX { get; init; }

    /// <summary>Marks the vertical axis in per cent.</summary>
    public bool PercentY { get; init; }

    /// <summary>More to draw, given the scales of both axes.</summary>
    public Func<ChartScale, ChartScale, IEnumerable<XElement>>? More { get; init; }

    /// <summary>Draws the chart.</summary>
    /// <param name="description">Id of the element that says what it shows.</param>
    public XElement Draw(string description)
    {
        var x = new ChartScale(X.From, X.To, Left, Width - Right);
        var y = new ChartScale(Y.From, Y.To, Height - Bottom, Top);
        return Tag.Of(
            "svg", "chart", Tag.Attribute("viewBox", $"0 0 {Width} {Height}"), Tag.Attribute("role", "img"),
            Tag.Attribute("aria-labelledby", description),
            Axes(x, y), More?.Invoke(x, y), Lines.Select((line, i) => Draw(line, i, x, y)));
    }

    /// <summary>Names of the lines with a sample of each.</summary>
    public XElement Legend() => Tag.Of("ul", "legend", Lines.Select((line, i) => Tag.Of(
        "li", "", Tag.Of("svg", "sample", Tag.Attribute("viewBox", "0 0 28 8"), Tag.Attribute("aria-hidden", "true"),
            Tag.Of("path", $"line l{i % Styles}", Tag.Attribute("d", "M1 4H27"))), " ", Tag.Both(line.Chinese ?? line.Name, line.Name))));

    private IEnumerable<XElement> Axes(ChartScale x, ChartScale y)
    {
        foreach (var tick in y.Ticks(5))
        {
            yield return Tag.Of(
                "path", "grid", Tag.Attribute("d", $"M{Tag.Number(Left)} {Tag.Number(y[tick])}H{Tag.Number(Width - Right)}"));
            yield return Tag.Of("text", "tick end", Tag.Attribute("x", Left - 6), Tag.Attribute("y", y[tick] + 4), Mark(tick, PercentY));
        }
        foreach (var tick in x.Ticks(5))
            yield return Tag.Of(
                "text", "tick middle", Tag.Attribute("x", x[tick]), Tag.Attribute("y", Height - Bottom + 16), Mark(tick, PercentX));
        yield return Tag.Of(
            "path", "axis", Tag.Attribute("d", $"M{Tag.Number(Left)} {Tag.Number(Height - Bottom)}H{Tag.Number(Width - Right)}"));
        foreach (var title in Tag.BothInDrawing(
            "tick middle", (Left + Width - Right) / 2, Height - 6, Horizontal.Chinese, Horizontal.English))
            yield return title;
    }

    private static IEnumerable<XElement> Draw(ChartLine line, int number, ChartScale x, ChartScale y)
    {
        var path = string.Concat(line.Points.Select((point, i) =>
            i == 0 ? $"M{Tag.Number(x[point.X])} {Tag.Number(y[point.Y])}"
            : line.Steps ? $"H{Tag.Number(x[point.X])}V{Tag.Number(y[point.Y])}"
            : $"L{Tag.Number(x[point.X])} {Tag.Number(y[point.Y])}"));
        yield return Tag.Of("path", $"line l{number % Styles}", Tag.Attribute("d", path));
        foreach (var (pointX, pointY) in line.Dots ? line.Points : [])
            yield return Tag.Of("circle", $"dot l{number % Styles}", Tag.Attribute("cx", x[pointX]), Tag.Attribute("cy", y[pointY]),
                Tag.Attribute("r", 3.0));
    }

    private static string Mark(double value, bool percent) => percent
        ? (value * 100).ToString("0.##", CultureInfo.InvariantCulture) + "%"
        : value >= 10_000
            ? (value / 1000).ToString("0.#", CultureInfo.InvariantCulture) + "k"
            : value.ToString("0.####", CultureInfo.InvariantCulture);
}
