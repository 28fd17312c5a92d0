using System.Xml.Linq;
using Edge.Bundles.Decoding;
using Edge.Trainer.Reporting.Content;
using Edge.Trainer.Reporting.Html;

namespace Edge.Trainer.Reporting.Sections;

/// <summary>An utterance, masked, with its entities marked by a frame and their labels.</summary>
internal static class MarkedText
{
    private const int Longest = 200;

    /// <summary>A masked text without marks; long ones are cut.</summary>
    public static XElement Plain(ReportContent content, string text)
    {
        var masked = content.Masker.Mask(text).Text;
        return Tag.Of(
            "span", "text", Tag.Attribute("dir", "auto"), masked.Length <= Longest ? masked : masked[..Cut(masked, Longest)] + "…");
    }

    /// <summary>A masked text with marks.</summary>
    /// <param name="content">The report.</param>
    /// <param name="text">The utterance.</param>
    /// <param name="spans">Entities.</param>
    /// <param name="others">What the other side has: entities that are not among them get another frame and a sign.</param>
    public static XElement Marked(
        ReportContent content, string text, IEnumerable<(string Label, int Start, int End)> spans,
        HashSet<(string Label, int Start, int End)> others)
    {
        var entities = spans.OrderBy(span => span.Start).ToList();
        var found = content.Masker.Mask(text, entities.Concat(others).Select(span => new EntitySpan(span.Label, span.Start, span.End)));
        var masked = found.Text;
        var result = Tag.Of("span", "text", Tag.Attribute("dir", "auto"));
        var at = 0;
        foreach (var span in entities)
        {
            var (start, end) = found.Place(span.Start, span.End);
            result.Add(Tag.Of("span", "", masked[at..start]));
            var agrees = others.Contains(span);
            result.Add(Tag.Of(
                "mark", agrees ? "same" : "differs", masked[start..end], Tag.Of("small", "", (agrees ? "" : "≠ ") + span.Label)));
            at = end;
        }
        var last = masked.Length - at <= Longest ? masked.Length : at + Cut(masked[at..], Longest);
        result.Add(Tag.Of("span", "", masked[at..last] + (last < masked.Length ? "…" : "")));
        return result;
    }

    // Never within a surrogate pair.
    private static int Cut(string text, int length) => char.IsLowSurrogate(text[length]) ? length - 1 : length;
}
