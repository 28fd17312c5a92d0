using System.Globalization;
using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace Edge.Trainer.Reporting.Html;

/// <summary>
/// Builds elements of the report. Text and attributes are escaped when they are written, so that no utterance or label can
/// become markup.
/// </summary>
internal static class Tag
{
    /// <summary>An element with a class.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="style">Its class; empty: none.</param>
    /// <param name="content">Text, elements, attributes, or lists of them.</param>
    public static XElement Of(string name, string style, params object?[] content)
    {
        var element = new XElement(name, style.Length > 0 ? new XAttribute("class", style) : null);
        foreach (var item in content)
            element.Add(item is string text ? Clean(text) : item);
        return element;
    }

    /// <summary>An attribute; numbers in the invariant form.</summary>
    public static XAttribute Attribute(string name, object value) => new(name, value switch
    {
        double number => Number(number),
        string text => Clean(text),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    });

    /// <summary>What is wider than a small screen: it scrolls by itself, by keyboard too.</summary>
    public static XElement Scrolling(params object?[] content) => Of("div", "scroll", [Attribute("tabindex", "0"), .. content]);

    /// <summary>The same words in both languages; the page shows one of them.</summary>
    public static XElement[] Both(string chinese, string english) =>
    [
        Of("span", "zh", Attribute("lang", "zh"), chinese), Of("span", "en", Attribute("lang", "en"), english),
    ];

    /// <summary>The same words in both languages as text of a drawing.</summary>
    public static XElement[] BothInDrawing(string style, double x, double y, string chinese, string english, params XAttribute[] more) =>
    [
        Of("text", $"zh {style}".Trim(), Attribute("lang", "zh"), Attribute("x", x), Attribute("y", y), more.Select(a => new XAttribute(a)),
            chinese),
        Of("text", $"en {style}".Trim(), Attribute("lang", "en"), Attribute("x", x), Attribute("y", y), more.Select(a => new XAttribute(a)),
            english),
    ];

    /// <summary>A number for coordinates.</summary>
    public static string Number(double number) => Math.Round(number, 2).ToString(CultureInfo.InvariantCulture);

    /// <summary>A share in per cent, one digit behind the point.</summary>
    // never broken over two lines
    public static string Percent(double share) => (share * 100).ToString("0.0", CultureInfo.InvariantCulture) + "\u00A0%";

    /// <summary>A share in whole per cent.</summary>
    public static string Whole(double share) => (share * 100).ToString("0", CultureInfo.InvariantCulture);

    /// <summary>A confidence in whole per cent; the ends are not rounded to certainty.</summary>
    public static string Sure(double confidence) =>
        confidence < 0.01 ? "<\u00A01\u00A0%" : confidence > 0.99 ? ">\u00A099\u00A0%" : Whole(confidence) + "\u00A0%";

    /// <summary>A count.</summary>
    public static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    // XML has no place for control characters and lone surrogates: a person sees the replacement character.
    private static string Clean(string text)
    {
        if (text.All(XmlConvert.IsXmlChar))
            return text;
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
            clean.Append(rune.Value < 0x10000 && !XmlConvert.IsXmlChar((char)rune.Value) ? "\uFFFD" : rune.ToString());
        return clean.ToString();
    }
}
