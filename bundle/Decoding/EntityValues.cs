using System.Text.Json.Nodes;

namespace Edge.Bundles.Decoding;

/// <summary>The <c>entities</c> of an answer: what was said for each label.</summary>
public static class EntityValues
{
    /// <summary>Texts of the entities by label, labels and texts in text order.</summary>
    /// <param name="text">The utterance.</param>
    /// <param name="spans">Its entities.</param>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> Of(string text, IReadOnlyList<EntitySpan> spans)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(spans);
        OrderedDictionary<string, IReadOnlyList<string>> values = new(StringComparer.Ordinal);
        foreach (var span in spans)
        {
            var value = text[span.Start..span.End];
            values[span.Label] = values.TryGetValue(span.Label, out var earlier) ? [.. earlier, value] : [value];
        }

        return values;
    }

    /// <summary>The same as JSON: a string for a label that occurs once, an array of strings for one that occurs more often.</summary>
    /// <param name="text">The utterance.</param>
    /// <param name="spans">Its entities.</param>
    public static JsonObject ToJson(string text, IReadOnlyList<EntitySpan> spans)
    {
        JsonObject json = [];
        foreach (var (label, values) in Of(text, spans))
            json[label] = values.Count == 1 ? values[0] : new JsonArray([.. values.Select(value => JsonValue.Create(value))]);
        return json;
    }
}
