using System.Globalization;
using System.Text.Json;
using CsvHelper;
using CsvHelper.Configuration;

namespace Edge.Trainer.Data.Reading;

/// <summary>
/// Reads CSV with a header (RFC 4180; comma, semicolon or tab). Every column other than text, context and id is a head; an
/// empty cell is a head that was not annotated; a cell that starts with <c>[</c> is a JSON list of labels or spans.
/// </summary>
internal static class CsvRowReader
{
    /// <summary>All rows of the file, the bad ones with their problems.</summary>
    public static List<RawRow> Read(TextFile file, ColumnMap? map, ICollection<string> notes)
    {
        var rows = new List<RawRow>();
        var problem = (string?)null;
        var configuration = new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            Delimiter = Delimiter(file.Lines[0]),
            BadDataFound =
                e => problem = $"the quotes do not match near {Short(e.Field)}; put the field in \"...\" and double the quotes within",
            MissingFieldFound = null,
            IgnoreBlankLines = true,
        };
        using var csv = new CsvParser(new StringReader(string.Join('\n', file.Lines)), configuration);
        if (!csv.Read() || csv.Record is null)
            throw new DataException($"{file.Name} has no header; the first line names the columns, for example: text,intent,sentiment");
        var header = csv.Record.Select(name => name.Trim()).ToArray();
        var names = Names(file, header, map, notes);

        for (var line = csv.RawRow + 1; csv.Read(); line = csv.RawRow + 1)
        {
            var record = csv.Record!;
            while (line < csv.RawRow && string.IsNullOrWhiteSpace(file.Lines[line - 1])) line++;
            var row = new RawRow { File = file.Name, Line = line, Source = csv.RawRecord.TrimEnd('\r', '\n') };
            if (file.Problem(line, Math.Min(csv.RawRow, file.Lines.Count)) is { } encoding) row.Problems.Add(encoding);
            else if (problem is not null) row.Problems.Add(problem);
            else if (record.Length != header.Length)
                row.Problems.Add(
                    $"the row has {record.Length} fields, the header {header.Length}; put fields that " +
                    $"contain '{csv.Delimiter}' in double quotes");
            else Fill(row, names, record);
            problem = null;
            rows.Add(row);
        }

        return rows;
    }

    private static string?[] Names(TextFile file, string[] header, ColumnMap? map, ICollection<string> notes)
    {
        foreach (var column in header.GroupBy(name => name).Where(group => group.Count() > 1 && group.Key.Length > 0))
            throw new DataException($"{file.Name}:1: column '{column.Key}' stands twice; rename one.");
        var names = header.Select(name => map is null ? name : map.NameOf(name)).ToArray();
        if (!names.Contains(HeadNames.Text))
        {
            throw new DataException(
                $"{file.Name}:1: no column is called 'text'; found: {string.Join(", ", header)}. Say which one it is: " +
                $"--map \"{header[0]}=text,...\".");
        }

        foreach (var name in map is null ? header : [])
            if (!HeadNames.IsReserved(name) && HeadNames.Problem(name) is { } problem)
                throw new DataException($"{file.Name}:1: column {problem}; with a map, columns that it does not name are left out.");
        var left = header.Where((_, i) => names[i] is null).ToArray();
        if (left.Length > 0) notes.Add($"{file.Name}: columns left out because --map does not name them: {string.Join(", ", left)}.");
        return names;
    }

    private static void Fill(RawRow row, string?[] names, string[] record)
    {
        for (var i = 0; i < record.Length; i++)
        {
            var cell = record[i];
            switch (names[i])
            {
                case null or HeadNames.Id: break;
                case HeadNames.Text: row.Text = cell; break;
                case HeadNames.Context: row.Context = cell.Length == 0 ? null : cell; break;
                case { } head when !string.IsNullOrWhiteSpace(cell):
                    if (Value(head, cell.Trim(), row.Problems) is { } value) row.Heads[head] = value;
                    break;
            }
        }
    }

    private static RawValue? Value(string head, string cell, List<string> problems)
    {
        if (cell[0] != '[') return RawValue.Cell(cell);
        try
        {
            using var json = JsonDocument.Parse(cell, JsonRow.Options);
            return JsonRow.Value(head, json.RootElement, problems);
        }
        catch (JsonException e)
        {
            problems.Add($"\"{head}\" starts with '[' but is {JsonRow.Problem(e)}");
            return null;
        }
    }

    // Spreadsheets write semicolons or tabs where the comma is the decimal sign.
    private static string Delimiter(string header) =>
        new[] { ",", ";", "\t" }.MaxBy(candidate => header.Split(candidate).Length)!;

    private static string Short(string text) => text.Length <= 40 ? $"'{text}'" : $"'{text[..37]}...'";
}
