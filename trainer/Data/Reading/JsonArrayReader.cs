using System.Text;
using System.Text.Json;

namespace Edge.Trainer.Data.Reading;

/// <summary>Reads one JSON array of objects: <c>[{"context","response","intent","style"}]</c>.</summary>
internal static class JsonArrayReader
{
    /// <summary>All rows of the file, the bad ones with their problems. Behind a syntax error nothing more can be read.</summary>
    public static List<RawRow> Read(TextFile file, ColumnMap? map)
    {
        var rows = new List<RawRow>();
        if (!file.IsValid)
        {
            // One damaged byte may stand anywhere in the syntax, so the whole array is doubtful.
            for (var line = 1; line <= file.Lines.Count; line++)
                if (file.Problem(line, line) is { } problem)
                    rows.Add(Bad(file, line, problem));
            return rows;
        }

        var reader = new Utf8JsonReader(file.Bytes);
        var (at, lines) = (0, 1);
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartArray)
                throw new DataException(
                    $"{file.Name} does not start with '['; a .json file is a list of objects, [{{\"text\":...}},...]. Name JSON " +
                    "Lines .jsonl.");
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                var start = (int)reader.TokenStartIndex;
                lines += file.Bytes.AsSpan(at, start - at).Count((byte)'\n');
                at = start;
                // Found in two steps: the item's extent, then its content, so that a duplicate key spoils only this item.
                reader.Skip();
                var item = file.Bytes.AsMemory(start, (int)reader.BytesConsumed - start);
                var row = new RawRow { File = file.Name, Line = lines, Source = Encoding.UTF8.GetString(item.Span) };
                try
                {
                    using var json = JsonDocument.Parse(item, JsonRow.Options);
                    JsonRow.Fill(row, json.RootElement, map);
                }
                catch (JsonException e)
                {
                    row.Problems.Add(JsonRow.Problem(e));
                }

                rows.Add(row);
            }

            reader.Read();
        }
        catch (JsonException e)
        {
            rows.Add(Bad(file, (int)(e.LineNumber ?? 0) + 1, JsonRow.Problem(e) + "; the rest of the file was not read"));
        }

        return rows;
    }

    private static RawRow Bad(TextFile file, int line, string problem)
    {
        var row = new RawRow { File = file.Name, Line = line, Source = line <= file.Lines.Count ? file.Lines[line - 1] : "" };
        row.Problems.Add(problem);
        return row;
    }
}
