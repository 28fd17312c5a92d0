using System.Text;

namespace Edge.Trainer.Data;

/// <summary>All rows of the data that cannot be used, found before training starts.</summary>
/// <param name="rows">The bad rows, in file and line order.</param>
/// <param name="rowsRead">Rows in all.</param>
/// <param name="files">What each file is and how many rows it has, where that was not said before.</param>
internal sealed class BadRowsException(IReadOnlyList<BadRow> rows, int rowsRead, params IReadOnlyList<FileAccount> files)
    : DataException(Describe(rows, rowsRead, files))
{
    /// <summary>How many rows the message shows; <see cref="Rows"/> has all.</summary>
    public const int Shown = 20;

    /// <summary>Every bad row, in file and line order.</summary>
    public IReadOnlyList<BadRow> Rows { get; } = rows;

    /// <summary>The files that were read.</summary>
    public IReadOnlyList<FileAccount> Files { get; } = files;

    private static string Describe(IReadOnlyList<BadRow> rows, int rowsRead, IReadOnlyList<FileAccount> files)
    {
        var text = new StringBuilder();
        foreach (var file in files) text.Append(file).Append('\n');
        text.Append(rows.Count).Append(" of ").Append(rowsRead).Append(rowsRead == 1 ? " row cannot be used:" : " rows cannot be used:");
        foreach (var row in rows.Take(Shown)) text.Append("\n  ").Append(row);
        if (rows.Count > Shown) text.Append("\n  ... and ").Append(rows.Count - Shown).Append(" more");
        text.Append("\nCorrect them, or use --skip-bad FILE to go on without them and have them all listed in FILE.");
        return text.ToString();
    }
}
