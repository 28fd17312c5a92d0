using System.Text.Json;

namespace Edge.Trainer.Data.Reading;

/// <summary>Reads one JSON object as a row: any key other than text, context and id is a head, its form says of which kind.</summary>
internal static class JsonRow
{
    /// <summary>Fills the row from the object; what is wrong goes to the row's problems.</summary>
    public static void Fill(RawRow row, JsonElement element, ColumnMap? map)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            row.Problems.Add($"the row is {Name(element)}; use an object such as {{\"text\":\"...\",\"intent\":\"...\"}}");
            return;
        }

        try
        {
            // {"context","response",...}: the response is the utterance, unless the row has a text of its own.
            var responseIsText = map is null && !element.TryGetProperty(HeadNames.Text, out _);
            foreach (var property in element.EnumerateObject())
            {
                var key = map is null ? property.Name : map.NameOf(property.Name);
                if (responseIsText && key == HeadNames.Response) key = HeadNames.Text;
                if (key is null or HeadNames.Id || property.Value.ValueKind == JsonValueKind.Null) continue;
                Add(row, key, property.Value);
            }
        }
        catch (InvalidOperationException)
        {
            // JsonElement refuses to turn an escaped half of a surrogate pair into a string.
            row.Problems.Add("a string has half of a surrogate pair (\\uD800 to \\uDFFF); write the character itself");
        }
    }

    private static void Add(RawRow row, string key, JsonElement value)
    {
        if (key is HeadNames.Text or HeadNames.Context)
        {
            if (value.ValueKind != JsonValueKind.String)
            {
                row.Problems.Add($"\"{key}\" is {Name(value)}; use a string");
                return;
            }

            if (key == HeadNames.Text) row.Text = value.GetString();
            else row.Context = value.GetString();
            return;
        }

        if (HeadNames.Problem(key) is { } problem) row.Problems.Add(problem);
        else if (Value(key, value, row.Problems) is { } raw) row.Heads[key] = raw;
    }

    /// <summary>A head's value; <c>null</c> after adding to <paramref name="problems"/>.</summary>
    public static RawValue? Value(string key, JsonElement value, List<string> problems)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.String:
                return RawValue.Label(value.GetString()!);
            case JsonValueKind.Number:
                return RawValue.Number(value.GetRawText());
            case JsonValueKind.Array when value.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String):
                return RawValue.List([.. value.EnumerateArray().Select(item => item.GetString()!)]);
            case JsonValueKind.Array when value.EnumerateArray().All(item => item.ValueKind == JsonValueKind.Object):
                return Spans(key, value, problems);
            default:
                problems.Add($"\"{key}\" is {Name(value)}; use a string (one label), a list of strings (several), "
                    + "a number from 0 to 1 (a score) or a list of {\"label\",\"start\",\"end\"} (spans)");
                return null;
        }
    }

    private static RawValue? Spans(string key, JsonElement list, List<string> problems)
    {
        var spans = new List<RawSpan>();
        foreach (var item in list.EnumerateArray())
        {
            if (item.TryGetProperty("label", out var label) && label.ValueKind == JsonValueKind.String
                && item.TryGetProperty("start", out var start) && start.ValueKind == JsonValueKind.Number && start.TryGetInt32(out var from)
                && item.TryGetProperty("end", out var end) && end.ValueKind == JsonValueKind.Number && end.TryGetInt32(out var to))
            {
                spans.Add(new RawSpan(label.GetString()!, from, to, OwnText(item)));
                continue;
            }

            problems.Add(
                $"\"{key}\" has {Short(item.GetRawText())}; each span needs \"label\" (a string), \"start\" and \"end\" (whole numbers)");
            return null;
        }

        return RawValue.SpanList(spans);
    }

    // What the span says it covers; annotation tools write it as text or as value.
    private static string? OwnText(JsonElement item) =>
        item.TryGetProperty("text", out var text) && text.ValueKind == JsonValueKind.String ? text.GetString()
        : item.TryGetProperty("value", out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()
        : null;

    private static string Name(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => "a list of mixed things",
        JsonValueKind.Object => "an object",
        JsonValueKind.String => "a string",
        JsonValueKind.Number => $"the number {value.GetRawText()}",
        _ => value.GetRawText(),
    };

    private static string Short(string text) => text.Length <= 60 ? text : text[..57] + "...";
}
