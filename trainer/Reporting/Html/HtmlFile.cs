using System.Text;
using System.Xml.Linq;

namespace Edge.Trainer.Reporting.Html;

/// <summary>Writes a document that HTML parsers and XML parsers read alike.</summary>
internal static class HtmlFile
{
    private static readonly HashSet<string> Void = new(["meta", "br", "hr", "input", "img", "link", "col", "wbr"], StringComparer.Ordinal);

    /// <summary>The document as text.</summary>
    public static string ToText(XElement html)
    {
        // HTML takes <div /> for a start tag: whatever may have content gets an end tag of its own.
        foreach (var element in html.DescendantsAndSelf().Where(element => element.IsEmpty && !Void.Contains(element.Name.LocalName)))
            element.Value = "";
        return "<!DOCTYPE html>\n" + html.ToString(SaveOptions.DisableFormatting) + "\n";
    }

    /// <summary>Writes the document, UTF-8 without a byte order mark.</summary>
    public static void Write(string path, XElement html) => File.WriteAllText(path, ToText(html), new UTF8Encoding(false));
}
