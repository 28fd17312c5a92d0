using Edge.Trainer.Data.Files;

namespace Edge.Trainer.Data.Reading;

/// <summary>
/// Finds rows that an unmatched quote has drawn into the cell of another row, where some quote far below happened to close it. Their lines
/// become records with a problem, one each: no row vanishes, and none is taken on a guess.
/// </summary>
internal static class SwallowedRows
{
    // A cell of fewer lines than this may look like rows by chance; it is named among the records that span lines.
    private const int FewestLines = 4;

    /// <summary>The records, with each that has swallowed others as the lines that it stands on.</summary>
    /// <param name="records">Records of the file.</param>
    /// <param name="separator">What parts cells.</param>
    /// <param name="columns">Cells of the header.</param>
    public static List<CsvRecord> Part(IReadOnlyList<CsvRecord> records, char separator, int columns)
    {
        var parted = new List<CsvRecord>(records.Count);
        var known = (HashSet<string>[]?)null;
        foreach (var record in records)
        {
            var lines = record.SpansLines ? LineEnds.Split(record.Source).ToArray() : [];
            var doubt = lines.Length < 2 ? null
                : record.Cells.Length != columns ? $"which gives {record.Cells.Length} fields where the header has {columns}"
                : lines.Length >= FewestLines && AreRows(lines, separator, known ??= Labels(records, columns))
                    ? "and each line between is a row by itself"
                : null;
            if (doubt is null)
            {
                parted.Add(record);
                continue;
            }

            var reason = $"a quote opens on line {record.Line} and closes on line {record.LastLine}, {doubt}: add the quote that is " +
                "missing, or double it where it belongs to the text";
            for (var i = 0; i < lines.Length; i++)
                if (!string.IsNullOrWhiteSpace(lines[i]))
                    parted.Add(new CsvRecord(record.Line + i, record.Line + i, lines[i], [], reason));
        }

        return parted;
    }

    // Every line has the header's number of cells, and in one column only labels that rows of one line have there.
    private static bool AreRows(string[] lines, char separator, HashSet<string>[] labels)
    {
        var rows = Array.ConvertAll(lines, line => line.Split(separator));
        return Array.TrueForAll(rows, row => row.Length == labels.Length)
            && Enumerable.Range(0, labels.Length).Any(column => Array.TrueForAll(rows, row => labels[column].Contains(row[column])));
    }

    // Values by column, where a column has few enough to be labels.
    private static HashSet<string>[] Labels(IReadOnlyList<CsvRecord> records, int columns)
    {
        var rows = records.Where(record => !record.SpansLines && record.Cells.Length == columns).ToArray();
        return [.. Enumerable.Range(0, columns).Select(column =>
        {
            var values = rows.Select(row => row.Cells[column]).Where(cell => !string.IsNullOrWhiteSpace(cell))
                .ToHashSet(StringComparer.Ordinal);
            return values.Count * 2 > rows.Length ? [] : values;
        })];
    }
}
