using System.Text.Json;
using Edge.Trainer.Data.Files;

namespace Edge.Trainer.Data.Reading;

/// <summary>
/// Reads JSON Lines (one object a line) and JSON arrays of objects: <c>[{"context","response","intent","style"}]</c>.
/// </summary>
internal static class JsonRowReader
{
    /// <summary>All rows of the file, the bad ones with their problems.</summary>
    public static RawFile Read(TextFile file, ColumnMap? map)
    {
        var isArray = JsonItems.IsArray(file);
        return new RawFile(file.Name, $"JSON {(isArray ? "array" : "Lines")} in {file.Encoding}",
            [.. (isArray ? JsonItems.OfArray(file) : JsonItems.OfLines(file)).Select(item => Row(file, item, map))]);
    }

    private static RawRow Row(TextFile file, JsonItem item, ColumnMap? map)
    {
        var row = new RawRow { File = file.Name, Line = item.Line, Source = item.Source };
        if (item.Problem is { } problem)
        {
            row.Problems.Add(problem);
            return row;
        }

        try
        {
            using var json = JsonDocument.Parse(item.Bytes, JsonItems.Options);
            JsonRow.Fill(row, json.RootElement, map);
        }
        catch (JsonException e)
        {
            row.Problems.Add(JsonItems.Problem(e));
        }

        return row;
    }
}
