using System.Globalization;
using System.Text.RegularExpressions;
using Edge.Trainer.Reporting;

namespace Edge.Trainer.Tests.Reporting;

/// <summary>Text of the report against what lies behind it: WCAG 2.2, 1.4.3 asks for a contrast of 4.5.</summary>
public sealed partial class ContrastTests
{
    private const double Least = 4.5;

    private static readonly (string Text, string Behind)[] Pairs =
    [
        ("ink", "page"), ("ink", "sheet"), ("soft", "page"), ("soft", "sheet"), ("accent", "sheet"), ("sheet", "accent"),
        ("wrong", "sheet"),
        ("ink", "right-back"), ("right", "right-back"), ("ink", "wrong-back"), ("wrong", "wrong-back"),
        ("ink", "h1"), ("ink", "h2"), ("ink", "h3"), ("ink", "h4"), ("ink", "h5"), ("heat-ink", "h6"), ("heat-ink", "h7"),
        ("heat-ink", "h8"),
    ];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Style_TextOnItsBackground_IsReadable(bool dark)
    {
        var style = Style();
        var darkFrom = style.IndexOf("@media (prefers-color-scheme:dark)", StringComparison.Ordinal);
        var colors = Variables(style[..darkFrom]);
        if (dark)
        {
            foreach (var (name, color) in Variables(style[darkFrom..style.IndexOf("}}", darkFrom, StringComparison.Ordinal)]))
                colors[name] = color;
        }

        Assert.All(Pairs, pair =>
        {
            var contrast = Contrast(colors[pair.Text], colors[pair.Behind]);
            Assert.True(contrast >= Least,
                string.Create(CultureInfo.InvariantCulture, $"--{pair.Text} on --{pair.Behind}: {contrast:0.00}; {Least} is the least"));
        });
    }

    [Fact]
    public void Style_HeatMap_WritesWithTheColoursThatAreTested()
    {
        Assert.Contains(".h6,.h7,.h8{color:var(--heat-ink)}", Style(), StringComparison.Ordinal);
        Assert.All(Enumerable.Range(1, 8),
            level => Assert.Contains($".h{level}{{background:var(--h{level})}}", Style(), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("#000000", "#ffffff", 21)]
    [InlineData("#777777", "#ffffff", 4.48)] // the example of WCAG's own understanding document: just too little
    public void Contrast_KnownPairs_IsWhatTheStandardSays(string one, string other, double expected) =>
    Assert.Equal(expected, Contrast(one, other), 0.01);

    private static string Style()
    {
        using var stream = typeof(ReportPage).Assembly.GetManifestResourceStream("Reporting/report.css")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    private static Dictionary<string, string> Variables(string style) =>
        Variable().Matches(style).ToDictionary(match => match.Groups[1].Value, match => match.Groups[2].Value, StringComparer.Ordinal);

    private static double Contrast(string one, string other)
    {
        var (a, b) = (Luminance(one), Luminance(other));
        return (Math.Max(a, b) + 0.05) / (Math.Min(a, b) + 0.05);
    }

    // Relative luminance of sRGB, as WCAG defines it.
    private static double Luminance(string color)
    {
        var digits = color.Length == 4 ? string.Concat(color[1..].Select(digit => $"{digit}{digit}")) : color[1..];
        double[] linear =
        [
            .. Enumerable.Range(0, 3)
                .Select(i => int.Parse(digits.AsSpan(2 * i, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0)
                .Select(value => value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4)),
        ];
        return (0.2126 * linear[0]) + (0.7152 * linear[1]) + (0.0722 * linear[2]);
    }

    [GeneratedRegex("--([a-z0-9-]+):(#[0-9a-f]{3,6})")]
    private static partial Regex Variable();
}
