using Edge.Trainer.Data.Files;

namespace Edge.Trainer.Data.Importing;

/// <summary>The formats that can be imported, and which one a file is of.</summary>
internal static class ImportFormats
{
    // Rows that tell the format of a file.
    private const int Looked = 50;

    private static readonly string[] Foreign = [".conll", ".bio", ".iob", ".txt", ".yml", ".yaml", ".json", ".jsonl", ".tsv", ".csv"];

    /// <summary>All of them; the first that recognises a file reads it.</summary>
    public static IReadOnlyList<IImportFormat> All { get; } =
        [new RasaYamlFormat(), new RasaJsonFormat(), new LabelStudioFormat(), new LabelStudioMinFormat(), new LabelStudioCsvFormat(),
            new ProdigyFormat(), new CluenerFormat(), new DoccanoFormat(), new TokenListFormat(), new ConllFormat()];

    /// <summary>The format of a file; <c>null</c>: none of these.</summary>
    public static IImportFormat? Of(ImportSource source) => All.FirstOrDefault(format => format.Recognises(source));

    /// <summary>The name of a file's format, where it must be imported before it can be trained on; <c>null</c>: it need not.</summary>
    public static string? Recognise(TextFile file) => Of(ImportSource.Of(file, Looked))?.Name;

    /// <summary>How a file is imported.</summary>
    public static string Command(string path) => $"edge-trainer data import \"{path}\" --out DIR, and --data DIR then";

    /// <summary>A sentence about files of a folder that could be imported; empty without such files.</summary>
    public static string Hint(string folder)
    {
        var found = Directory.EnumerateFiles(folder).Where(file => Foreign.Contains(Path.GetExtension(file).ToLowerInvariant()))
            .Order(StringComparer.Ordinal).Take(20)
            .Select(file => (File: file, Format: Named(file))).FirstOrDefault(entry => entry.Format is not null);
        return found.Format is null ? "" : $" {found.File} is a file of {found.Format}; read it with: {Command(found.File)}";
    }

    private static string? Named(string file)
    {
        try
        {
            return Recognise(TextFile.Read(file));
        }
        catch (DataException)
        {
            return null; // empty, or no text: nothing to hint at
        }
    }
}
