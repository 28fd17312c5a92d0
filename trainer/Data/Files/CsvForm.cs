namespace Edge.Trainer.Data.Files;

/// <summary>How a file of separated values is written: what parts its cells, and whether quotes enclose them.</summary>
/// <param name="Separator">What parts cells.</param>
/// <param name="IsNamed">True where a <c>sep=</c> line names it, as spreadsheets write for each other.</param>
/// <param name="Start">Where the header starts.</param>
/// <param name="HasQuotes">False where quotes are characters as any other.</param>
internal sealed record CsvForm(char Separator, bool IsNamed, int Start, bool HasQuotes = true)
{
    private const string SeparatorLine = "sep=";

    /// <summary>Finds the separator: of a <c>sep=</c> line, or the one that the header has most often, comma first.</summary>
    public static CsvForm Of(string text)
    {
        var start = text.Length - text.AsSpan().TrimStart("\r\n").Length;
        var length = text.AsSpan(start).IndexOfAny('\r', '\n');
        var end = length < 0 ? text.Length : start + length;
        var header = text[start..end];
        if (header.Trim('"') is { Length: 5 } line && line.StartsWith(SeparatorLine, StringComparison.OrdinalIgnoreCase))
            return new CsvForm(line[^1], true, LineEnds.Behind(text, end));
        var outside = string.Concat(header.Split('"').Where((_, i) => i % 2 == 0));
        return new CsvForm(new[] { ',', '\t', ';', '|' }.MaxBy(candidate => outside.Count(c => c == candidate)), false, start);
    }

    /// <summary>Lines before the header.</summary>
    public int LinesBefore(string text) => LineEnds.Count(text.AsSpan(0, Start));

    /// <summary>
    /// Whether quotes enclose cells, from the records read as if they did. They do not where that fails on more lines than it fails on
    /// without, no cell has doubled quotes as enclosed ones do, and hardly any stands in quotes.
    /// </summary>
    /// <param name="records">Header and rows, read with quotes.</param>
    /// <param name="literal">The same, read without.</param>
    public static bool AreQuotesLiteral(IReadOnlyList<CsvRecord> records, IReadOnlyList<CsvRecord> literal)
    {
        var columns = records[0].Cells.Length;
        var refused = records.Count(record => record.Problem is not null);
        if (refused == 0 || columns == 0 || literal[0].Cells.Any(cell => cell.Contains('"'))) return false;
        var wrong = literal.Count(record => record.Cells.Length != columns);
        var enclosed = literal.SelectMany(record => record.Cells).Select(cell => cell.Trim())
            .Where(cell => cell is ['"', .., '"']).ToArray();
        return wrong < refused && enclosed.Length * 5 <= literal.Count
            && !Array.Exists(enclosed, cell => cell.Length > 2 && cell[1..^1].Replace("\"\"", "", StringComparison.Ordinal) is var rest
                && rest.Length < cell.Length - 2 && !rest.Contains('"'));
    }

    /// <summary>In words.</summary>
    public override string ToString() => (Separator switch
    {
        ',' => "commas",
        '\t' => "tabs",
        ';' => "semicolons",
        '|' => "bars",
        _ => $"'{Separator}'",
    }) + (IsNamed ? ", as its sep= line says" : "") + (HasQuotes ? "" : "; quotes are part of the text");
}
