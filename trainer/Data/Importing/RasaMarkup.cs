using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Edge.Trainer.Data.Files;

namespace Edge.Trainer.Data.Importing;

/// <summary>
/// Entities within a Rasa example: <c>[Berlin](city)</c>, <c>[Berlin](city:BER)</c>, <c>[Berlin]{"entity":"city","role":"to"}</c>, or a
/// list of such objects in <c>[]</c>.
/// </summary>
internal static partial class RasaMarkup
{
    /// <summary>The text without marks, its entities, and how many things of them were not taken (roles, groups, values).</summary>
    public static (string Text, IReadOnlyList<RawSpan> Spans, int Further) Parse(string example)
    {
        var text = new StringBuilder();
        var spans = new List<RawSpan>();
        var (at, further) = (0, 0);
        foreach (Match match in Entity().Matches(example))
        {
            if (Name(match, out var more) is not { } name) continue;
            text.Append(example, at, match.Index - at);
            var start = text.Length;
            text.Append(match.Groups["text"].Value);
            spans.Add(new RawSpan(name, start, text.Length));
            further += more;
            at = match.Index + match.Length;
        }

        text.Append(example, at, example.Length - at);
        return (text.ToString(), spans, further);
    }

    private static string? Name(Match match, out int further)
    {
        further = 0;
        if (match.Groups["name"] is { Success: true } name)
        {
            var parts = name.Value.Split(':', 2);
            further = parts.Length - 1;
            return parts[0].Trim();
        }

        try
        {
            using var json = JsonDocument.Parse(match.Groups["json"].Value, JsonItems.Options);
            var root = json.RootElement;
            var entities = root.ValueKind == JsonValueKind.Array ? [.. root.EnumerateArray()] : new[] { root };
            further = entities.Length - 1 + entities[0].EnumerateObject().Count(member => member.Name != "entity");
            return entities[0].Text("entity");
        }
        catch (Exception problem) when (problem is JsonException or InvalidOperationException or IndexOutOfRangeException)
        {
            return null; // brackets that the caller's text has
        }
    }

    [GeneratedRegex(@"\[(?<text>[^\[\]]+)\](?:\((?<name>[^()]+)\)|(?<json>\{[^{}]*\}|\[\s*\{[^\[\]]*\}\s*\]))")]
    private static partial Regex Entity();
}
