namespace Edge.Trainer.Data.Reading;

/// <summary>Reads one data file of any of the three forms, by its extension.</summary>
internal static class DataFile
{
    /// <summary>Extensions that can be read, in the order they are looked for.</summary>
    public static IReadOnlyList<string> Extensions { get; } = [".jsonl", ".csv", ".json"];

    /// <summary>Reads and checks one file, for example the one of <c>evaluate --data</c>.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">How it is read.</param>
    /// <param name="notes">Where to what is worth knowing is added; <c>null</c>: nowhere.</param>
    /// <exception cref="DataException">The file is missing, empty, of another form, or annotates no head of the task.</exception>
    /// <exception cref="BadRowsException">Rows are bad and <see cref="DataReadOptions.SkipBadFile"/> is not set.</exception>
    public static IReadOnlyList<LabelledUtterance> Read(string path, DataReadOptions? options = null, ICollection<string>? notes = null)
    {
        options ??= new DataReadOptions();
        notes ??= new List<string>();
        var rows = ReadRows(path, options, notes);
        var utterances = RowChecker.Check([rows], options, notes, out _)[0];
        if (utterances.Count == 0) throw new DataException($"{path}: none of its rows can be used; {options.SkipBadFile} lists why.");
        if (options.Task is { } task && !utterances.Any(utterance => utterance.IsAnnotated))
        {
            var keys = rows.SelectMany(row => row.Heads.Keys).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray();
            throw new DataException($"{path}: no row annotates {string.Join(", ", task.Heads.Select(head => head.Name))}; "
                + $"beside the text the rows have {(keys.Length == 0 ? "nothing" : string.Join(", ", keys))}. Name a key after its head, " +
                "or use --map \"key=head\".");
        }

        return utterances;
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
