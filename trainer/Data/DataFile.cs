namespace Edge.Trainer.Data;

/// <summary>Reads one data file of any of the three forms, by its extension.</summary>
internal static class DataFile
{
    /// <summary>Extensions that can be read, in the order they are looked for.</summary>
    public static IReadOnlyList<string> Extensions { get; } = [".jsonl", ".csv", ".json"];

    /// <summary>Reads and checks one file, for example the one of <c>evaluate --data</c>.</summary>
    /// <exception cref="DataException">The file is missing, empty or of another form.</exception>
    /// <exception cref="BadRowsException">Rows are bad and <see cref="DataReadOptions.SkipBadFile"/> is not set.</exception>
    public static IReadOnlyList<LabelledUtterance> Read(string path, DataReadOptions? options = null)
    {
        options ??= new DataReadOptions();
        var notes = new List<string>();
        return RowChecker.Check([ReadRows(path, options, notes)], options, notes, out _)[0];
    }

    /// <summary>The file's rows before heads are known.</summary>
    public static IReadOnlyList<RawRow> ReadRows(string path, DataReadOptions options, ICollection<string> notes)
    {
        var file = TextFile.Read(path);
        var rows = Path.GetExtension(path).ToUpperInvariant() switch
        {
            ".CSV" => CsvRowReader.Read(file, options.Map, notes),
            ".JSON" when StartsWith(file, '[') => JsonArrayReader.Read(file, options.Map),
            ".JSON" or ".JSONL" => [.. JsonLinesReader.Read(file, options.Map)],
            var other => throw new DataException($"{path}: files of the form '{other}' cannot be read; use .jsonl, .csv or .json."),
        };
        if (rows.Count == 0) throw new DataException($"{path} has no rows; it needs at least one utterance.");
        return rows;
    }

    private static bool StartsWith(TextFile file, char first) =>
        file.Lines.FirstOrDefault(line => !string.IsNullOrWhiteSpace(line))?.TrimStart()[0] == first;
}
