using System.Globalization;
using Edge.Bench.Statistics;
using Spectre.Console;

namespace Edge.Bench.Common;

/// <summary>Tables of figures, written alike whatever the language of the box.</summary>
internal static class Figures
{
    private const string None = "-";
    private const int FewestForP99 = 100, FewestForP999 = 1000; // with fewer it is the slowest

    /// <summary>Titles of the columns of <see cref="Latency"/>.</summary>
    public static readonly string[] LatencyTitles = ["p50", "p90", "p99", "p99.9", "max"];

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

    /// <summary>Latencies, milliseconds; a dash where there are too few requests for a percentile.</summary>
    /// <param name="of">Percentiles; <c>null</c>: nothing was answered.</param>
    public static string[] Latency(Percentiles? of)
    {
        return of is null ? [.. LatencyTitles.Select(_ => "")]
            : [Number(of.P50, "0.00"), Number(of.P90, "0.00"), From(FewestForP99, of.P99), From(FewestForP999, of.P999),
                Number(of.Max, "0.00")];

        string From(int fewest, double value) => of.Count < fewest ? None : Number(value, "0.00");
    }

    /// <summary>What a dash among latencies means; empty where no row has one.</summary>
    /// <param name="rows">The rows that are printed.</param>
    public static string DashNote(IEnumerable<Percentiles?> rows) => rows.Any(row => row?.Count < FewestForP999)
        ? string.Create(CultureInfo.InvariantCulture,
            $"{None}: fewer than {FewestForP99} requests for p99, or {FewestForP999:#,0} for p99.9, which would be the slowest of them.")
        : "";
}
