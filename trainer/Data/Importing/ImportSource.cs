using System.Text.Json;
using Edge.Trainer.Data.Files;

namespace Edge.Trainer.Data.Importing;

/// <summary>A file with what formats look at: its text, and its JSON values where it has some.</summary>
internal sealed class ImportSource
{
    private ImportSource(
        TextFile file, IReadOnlyList<(int Line, JsonElement Json)> items, IReadOnlyList<(int Line, string Problem)> broken) =>
        (File, Items, Broken) = (file, items, broken);

    /// <summary>The file.</summary>
    public TextFile File { get; }

    /// <summary>Its JSON objects: lines, items of an array, or the one object that it is. Empty where it is no JSON.</summary>
    public IReadOnlyList<(int Line, JsonElement Json)> Items { get; }

    /// <summary>Rows that are no JSON objects.</summary>
    public IReadOnlyList<(int Line, string Problem)> Broken { get; }

    /// <summary>Looks at a file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="most">Most values to parse: a few tell the format.</param>
    public static ImportSource Of(TextFile file, int most = int.MaxValue)
    {
        var items = new List<(int, JsonElement)>();
        var broken = new List<(int, string)>();
        if (file.Text.AsSpan().TrimStart() is not ['[' or '{', ..]) return new ImportSource(file, items, broken);
        foreach (var item in (JsonItems.IsArray(file) ? JsonItems.OfArray(file) : JsonItems.OfLines(file)).Take(most))
        {
            var problem = item.Problem;
            var json = problem is null ? Parse(item.Bytes, out problem) : null;
            if (json is { ValueKind: JsonValueKind.Object } found) items.Add((item.Line, found));
            else broken.Add((item.Line, problem ?? "the row is no object"));
            // an object that is written over many lines
            if (items.Count == 0 && broken.Count == 1 && Parse(file.Bytes, out _) is { ValueKind: JsonValueKind.Object } whole)
                return new ImportSource(file, [(1, whole)], []);
        }

        return new ImportSource(file, items, broken);
    }

    /// <summary>Whether one of the first rows is so.</summary>
    public bool Any(Func<JsonElement, bool> row) => Items.Take(50).Any(item => row(item.Json));

    private static JsonElement? Parse(ReadOnlyMemory<byte> bytes, out string? problem)
    {
        try
        {
            using var json = JsonDocument.Parse(bytes, JsonItems.Options);
            problem = bytes.Span.IndexOf("\\u"u8) < 0 || IsText(json.RootElement) ? null
                : "a string has half of a surrogate pair (\\uD800 to \\uDFFF)";
            return problem is null ? json.RootElement.Clone() : null;
        }
        catch (JsonException e)
        {
            problem = JsonItems.Problem(e);
            return null;
        }
    }

    // JsonElement refuses to turn an escaped half of a surrogate pair into a string.
    private static bool IsText(JsonElement json)
    {
        try
        {
            return json.ValueKind switch
            {
                JsonValueKind.String => json.GetString() is not null,
                JsonValueKind.Array => json.EnumerateArray().All(IsText),
                JsonValueKind.Object => json.EnumerateObject().All(member => member.Name is not null && IsText(member.Value)),
                _ => true,
            };
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }
}
