using System.Text.Json;
using Edge.Trainer.Data.Files;

namespace Edge.Trainer.Data.Reading;

/// <summary>
/// Reads CSV with a header (RFC 4180; commas, tabs, semicolons or bars). Every column other than text, context and id is a head; an
/// empty cell is a head that was not annotated; a cell that starts with <c>[</c> is a JSON list of labels or spans.
/// </summary>
internal static class CsvRowReader
{
    /// <summary>All rows of the file, the bad ones with their problems.</summary>
    public static RawFile Read(TextFile file, ColumnMap? map, ICollection<string> notes)
    {
        // 1. Separator and quotes 2. Header 3. Rows
        var form = CsvForm.Of(file.Text);
        var records = Records(file, ref form);
        if (records.Count == 0 || records[0].Problem is not null)
            throw new DataException($"{file.Name}:{form.LinesBefore(file.Text) + 1}: the first line names the columns, for example: " +
                $"text,intent,sentiment; here {(records.Count == 0 ? "there is none" : records[0].Problem)}.");
        if (file.Problem(records[0].Line, records[0].LastLine) is { } garbled)
            throw new DataException($"{file.Name}:{records[0].Line}: {garbled}.");
        string[] header = [.. records[0].Cells.Select(name => name.Trim())];
        var names = Names(file, header, map, notes);

        var rows = new List<RawRow>();
        foreach (var record in SwallowedRows.Part(records[1..], form.Separator, header.Length))
        {
            var row = new RawRow { File = file.Name, Line = record.Line, LastLine = record.LastLine, Source = record.Source };
            if (file.Problem(record.Line, record.LastLine) is { } encoding) row.Problems.Add(encoding);
            else if (record.Problem is { } problem) row.Problems.Add(problem);
            else if (record.Cells.Length != header.Length)
                row.Problems.Add(
                    $"the row has {record.Cells.Length} fields, the header {header.Length}; put fields that " +
                    $"contain '{form.Separator}' in double quotes");
            else Fill(row, names, record.Cells);
            rows.Add(row);
        }

        return new RawFile(file.Name, $"CSV in {file.Encoding}, separated by {form}", rows);
    }

    private static List<CsvRecord> Records(TextFile file, ref CsvForm form)
    {
        var line = form.LinesBefore(file.Text) + 1;
        List<CsvRecord> records = [.. new CsvRecords(file.Text, form.Separator, hasQuotes: true).Read(form.Start, line)];
        if (!records.Exists(record => record.Problem is not null)) return records;
        List<CsvRecord> literal = [.. new CsvRecords(file.Text, form.Separator, hasQuotes: false).Read(form.Start, line)];
        if (!CsvForm.AreQuotesLiteral(records, literal)) return records;
        form = form with { HasQuotes = false };
        return literal;
    }

    private static string?[] Names(TextFile file, string[] header, ColumnMap? map, ICollection<string> notes)
    {
        foreach (var column in header.GroupBy(name => name).Where(group => group.Count() > 1 && group.Key.Length > 0))
            throw new DataException($"{file.Name}:1: column '{column.Key}' stands twice; rename one.");
        // The number of each row that pandas and R write has no name.
        var names = header.Select(name => name.Length == 0 ? null : map is null ? name : map.NameOf(name)).ToArray();
        if (!names.Contains(HeadNames.Text))
        {
            throw new DataException(
                $"{file.Name}:1: no column is called 'text'; found: {string.Join(", ", header)}. Say which one it is: " +
                $"--map \"{header[0]}=text,...\".");
        }

        foreach (var name in map is null ? header.Where(name => name.Length > 0) : [])
            if (!HeadNames.IsReserved(name) && HeadNames.Problem(name) is { } problem)
                throw new DataException($"{file.Name}:1: column {problem}; with a map, columns that it does not name are left out.");
        var left = header.Where((name, i) => names[i] is null && name.Length > 0).ToArray();
        if (left.Length > 0) notes.Add($"{file.Name}: columns left out because --map does not name them: {string.Join(", ", left)}.");
        if (header.Any(name => name.Length == 0))
            notes.Add($"{file.Name}: a column without a name is left out (number {Array.IndexOf(header, "") + 1}).");
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
                    if (Value(head, cell, row.Problems) is { } value) row.Heads[head] = value;
                    break;
            }
        }
    }

    private static RawValue? Value(string head, string cell, List<string> problems)
    {
        if (cell.TrimStart()[0] != '[') return RawValue.Cell(cell);
        try
        {
            using var json = JsonDocument.Parse(cell, JsonItems.Options);
            return JsonRow.Value(head, json.RootElement, problems);
        }
        catch (JsonException e)
        {
            problems.Add($"\"{head}\" starts with '[' but is {JsonItems.Problem(e)}");
            return null;
        }
    }
}
