using System.Globalization;
using Spectre.Console;

namespace Edge.Bench;

/// <summary>Tables of figures, written alike whatever the language of the box.</summary>
internal static class Figures
{
    /// <summary>A table whose columns are figures, but for the first.</summary>
    /// <param name="first">Title of the first column.</param>
    /// <param name="others">Titles of the others.</param>
    public static Table Table(string first, params ReadOnlySpan<string> others)
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumn(first);
        foreach (var other in others)
            table.AddColumn(new TableColumn(other).RightAligned());
        return table;
    }

    /// <summary>A figure; empty where there is none.</summary>
    /// <param name="value">The figure.</param>
    /// <param name="form">As of <see cref="double.ToString(string)"/>.</param>
    public static string Number(double? value, string form) => value?.ToString(form, CultureInfo.InvariantCulture) ?? "";
}
