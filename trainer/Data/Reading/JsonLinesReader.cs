using System.Text.Json;

namespace Edge.Trainer.Data.Reading;

/// <summary>Reads JSON Lines: one object a line, blank lines passed over.</summary>
internal static class JsonLinesReader
{
    /// <summary>All rows of the file, the bad ones with their problems.</summary>
    public static IEnumerable<RawRow> Read(TextFile file, ColumnMap? map)
    {
        for (var i = 0; i < file.Lines.Count; i++)
        {
            var line = file.Lines[i];
            if (string.IsNullOrWhiteSpace(line)) continue;
            var row = new RawRow { File = file.Name, Line = i + 1, Source = line };
            if (file.Problem(i + 1, i + 1) is { } problem)
            {
                row.Problems.Add(problem);
            }
            else
            {
                try
                {
                    using var json = JsonDocument.Parse(line, JsonRow.Options);
                    JsonRow.Fill(row, json.RootElement, map);
                }
                catch (JsonException e)
                {
                    row.Problems.Add(JsonRow.Problem(e));
                }
            }

            yield return row;
        }
    }
}
