using System.Globalization;
using System.Xml.Linq;

namespace Edge.Bench.Curve;

/// <summary>The picture: time to the right, accuracy upwards, a line through the shapes that no other one beats.</summary>
internal static class CurveChart
{
    private const double Width = 640, Height = 400, Left = 70, Right = 30, Top = 50, Bottom = 60;
    private const double SharesSpan = 4; // percent
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    /// <summary>Draws.</summary>
    /// <param name="title">Above the picture.</param>
    /// <param name="points">The shapes.</param>
    public static XDocument Draw(string title, IReadOnlyCollection<ShapePoint> points)
    {
        var (times, shares) = (Axis([0, .. points.Select(point => point.Milliseconds)]),
            Axis(AtLeast(SharesSpan, [.. points.Select(point => point.Accuracy * 100)])));
        double X(double milliseconds) => Left + ((milliseconds - times[0]) / (times[^1] - times[0]) * (Width - Left - Right));
        double Y(double percent) => Height - Bottom - ((percent - shares[0]) / (shares[^1] - shares[0]) * (Height - Top - Bottom));

        var knee = ShapePoint.Knee(points);
        return new XDocument(new XElement(
            Svg + "svg", new XAttribute("viewBox", $"0 0 {Width} {Height}"), new XAttribute("font-family", "sans-serif"),
            new XAttribute("font-size", "13"), new XAttribute("role", "img"),
            Element("rect", ("width", "100%"), ("height", "100%"), ("fill", "white")),
            Text(Left, 26, title, ("font-size", "16"), ("font-weight", "bold")),
            times.Select(
                time => new[]
                {
                    Line(X(time), Top, X(time), Height - Bottom, "#e3e3e3"),
                    Text(X(time), Height - Bottom + 18, Number(time), ("text-anchor", "middle"))
                }),
            shares.Select(
                share => new[]
                {
                    Line(Left, Y(share), Width - Right, Y(share), "#e3e3e3"),
                    Text(Left - 8, Y(share) + 4, Number(share), ("text-anchor", "end"))
                }),
            Text((Left + Width - Right) / 2, Height - 14, "milliseconds from text to answer, 16 characters, median",
                ("text-anchor", "middle")),
            Text(Left - 8, Top - 16, "% right", ("text-anchor", "end")),
            Element(
                "polyline", ("fill", "none"), ("stroke", "#2b6cb0"), ("stroke-width", "2"),
                ("points", string.Join(' ',
                    ShapePoint.Frontier(points).Select(point => $"{Number(X(point.Milliseconds))},{Number(Y(point.Accuracy * 100))}")))),
            points.Select(point => new[]
            {
                Element("circle", ("cx", Number(X(point.Milliseconds))), ("cy", Number(Y(point.Accuracy * 100))),
                    ("r", point == knee ? "7" : "4.5"), ("fill", point == knee ? "#c05621" : "#2b6cb0")),
                Text(X(point.Milliseconds) + 10, Y(point.Accuracy * 100) + 18, point.Shape,
                    point == knee ? ("font-weight", "bold") : ("font-weight", "normal")),
            })));
    }

    // What lies closer together is drawn as close together: a tenth of a point shall not look like a mountain.
    private static double[] AtLeast(double span, double[] values)
    {
        var beyond = Math.Max(0, span - (values.Max() - values.Min())) / 2;
        return [values.Min() - beyond, .. values, values.Max() + beyond];
    }

    // Four to eight round numbers around all values.
    private static double[] Axis(double[] values)
    {
        var (least, most) = (values.Min(), values.Max());
        var wish = Math.Max(most - least, 1e-3 * Math.Max(Math.Abs(most), 1)) / 4;
        var power = Math.Pow(10, Math.Floor(Math.Log10(wish)));
        var step = power * new[] { 1, 2, 5, 10 }.First(factor => power * factor >= wish);
        var (first, last) = (Math.Floor(least / step), Math.Ceiling((most / step) + 0.2));
        return [.. Enumerable.Range(0, (int)(last - first) + 1).Select(i => (first + i) * step)];
    }

    private static XElement Line(double x1, double y1, double x2, double y2, string color) =>
        Element("line", ("x1", Number(x1)), ("y1", Number(y1)), ("x2", Number(x2)), ("y2", Number(y2)), ("stroke", color));

    private static XElement Text(double x, double y, string text, params (string Name, string Value)[] attributes)
    {
        var element = Element("text", [("x", Number(x)), ("y", Number(y)), .. attributes]);
        element.Value = text;
        return element;
    }

    private static XElement Element(string name, params (string Name, string Value)[] attributes) =>
        new(Svg + name, attributes.Select(attribute => new XAttribute(attribute.Name, attribute.Value)));

    private static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);
}
