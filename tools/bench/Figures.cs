using System.Globalization;
using Edge.Bench.Statistics;
using Spectre.Console;

namespace Edge.Bench;

/// <summary>Tables of figures, written alike whatever the language of the box.</summary>
internal static class Figures
{
    private const string None = "-";
    private const int FewestForRare = 1000; // one in a thousand

    /// <summary>A table whose columns are figures, but for the first.</summary>
    /// <param name="first">Title of the first column.</param>
    /// <param name="others">Titles of the others.</param>
    public static Table Table(string first, params ReadOnlySpan<string> others)
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumn(Narrow(first));
        foreach (var other in others)
            table.AddColumn(Narrow(other).RightAligned());
        return table;
    }

    // Ten columns fit in a terminal of 80.
    private static TableColumn Narrow(string title) => new TableColumn(title).Padding(1, 0);

    /// <summary>A figure; empty where there is none.</summary>
    /// <param name="value">The figure.</param>
    /// <param name="form">As of <see cref="double.ToString(string)"/>.</param>
    public static string Number(double? value, string form) => value?.ToString(form, CultureInfo.InvariantCulture) ?? "";

    /// <summary>What a dash under p99.9 means; empty where no row has one.</summary>
    /// <param name="counts">Requests of each row.</param>
    public static string RareNote(IEnumerable<int> counts) =>
        counts.Any(count => count < FewestForRare) ? $"p99.9 is {None} where there are fewer than {FewestForRare.ToString("#,0", CultureInfo.InvariantCulture)} requests: it would be the slowest of them." : "";

    /// <summary>The 99.9th percentile, milliseconds; a dash where there are too few requests for it.</summary>
    /// <param name="of">Percentiles.</param>
    /// <param name="count">Requests.</param>
    public static string Rare(Percentiles of, int count) => count < FewestForRare ? None : Number(of.P999, "0.00");
}
