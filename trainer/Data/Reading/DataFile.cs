using Edge.Trainer.Data.Files;
using Edge.Trainer.Data.Importing;

namespace Edge.Trainer.Data.Reading;

/// <summary>Reads one data file of any of the three forms, by its extension.</summary>
internal static class DataFile
{
    /// <summary>Extensions that can be read, in the order they are looked for.</summary>
    public static IReadOnlyList<string> Extensions { get; } = [".jsonl", ".csv", ".json", ".tsv"];

    /// <summary>Reads and checks one file, for example the one of <c>evaluate --data</c>.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">How it is read.</param>
    /// <param name="notes">Where to what is worth knowing is added; <c>null</c>: nowhere.</param>
    /// <exception cref="DataException">The file is missing, empty, of another form, or annotates no head of the task.</exception>
    /// <exception cref="BadRowsException">Rows are bad and <see cref="DataReadOptions.SkipBadFile"/> is not set.</exception>
    public static IReadOnlyList<LabelledUtterance> Read(string path, DataReadOptions? options = null, ICollection<string>? notes = null) =>
        Read(path, options ?? new DataReadOptions(), notes ?? new List<string>(), out _);

    /// <summary>The same, with the account of the file's rows.</summary>
    public static IReadOnlyList<LabelledUtterance> Read(
        string path, DataReadOptions options, ICollection<string> notes, out FileAccount account)
    {
        var file = ReadRows(path, options, notes);
        var (utterances, checkedFile) = RowChecker.Check([file], options, notes)[0];
        account = checkedFile;
        if (utterances.Count == 0) throw new DataException($"{path}: none of its rows can be used; {options.SkipBadFile} lists why.");
        if (options.Task is { } task && !utterances.Any(utterance => utterance.IsAnnotated))
        {
            var keys = file.Rows.SelectMany(row => row.Heads.Keys).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray();
            throw new DataException($"{path}: no row annotates {string.Join(", ", task.Heads.Select(head => head.Name))}; "
                + $"beside the text the rows have {(keys.Length == 0 ? "nothing" : string.Join(", ", keys))}. Name a key after its head, " +
                "or use --map \"key=head\".");
        }

        return utterances;
    }

    /// <summary>The file's rows before heads are known.</summary>
    public static RawFile ReadRows(string path, DataReadOptions options, ICollection<string> notes)
    {
        var file = TextFile.Read(path);
        if (ImportFormats.Recognise(file) is { } format)
            throw new DataException($"{path} is a file of {format}; read it with: {ImportFormats.Command(path)}");
        var read = Path.GetExtension(path).ToUpperInvariant() switch
        {
            ".CSV" or ".TSV" => CsvRowReader.Read(file, options.Map, notes),
            ".JSON" or ".JSONL" => JsonRowReader.Read(file, options.Map),
            var other => throw new DataException($"{path}: files of the form '{other}' cannot be read; use .jsonl, .csv, .tsv or .json."),
        };
        if (read.Rows.Count == 0) throw new DataException($"{path} has no rows; it needs at least one utterance.");
        return read;
    }
}
