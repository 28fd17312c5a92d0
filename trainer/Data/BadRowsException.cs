using System.Text;

namespace Edge.Trainer.Data;

/// <summary>All rows of the data that cannot be used, found before training starts.</summary>
internal sealed class BadRowsException(IReadOnlyList<BadRow> rows, int rowsRead) : DataException(Describe(rows, rowsRead))
{
    /// <summary>How many rows the message shows; <see cref="Rows"/> has all.</summary>
    public const int Shown = 20;

    /// <summary>Every bad row, in file and line order.</summary>
    public IReadOnlyList<BadRow> Rows { get; } = rows;

    private static string Describe(IReadOnlyList<BadRow> rows, int rowsRead)
    {
        var text = new StringBuilder();
        text.Append(rows.Count).Append(" of ").Append(rowsRead).Append(rowsRead == 1 ? " row cannot be used:" : " rows cannot be used:");
        foreach (var row in rows.Take(Shown)) text.Append("\n  ").Append(row);
        if (rows.Count > Shown) text.Append("\n  ... and ").Append(rows.Count - Shown).Append(" more");
        text.Append("\nCorrect them, or use --skip-bad FILE to go on without them and have them all listed in FILE.");
        return text.ToString();
    }
}
