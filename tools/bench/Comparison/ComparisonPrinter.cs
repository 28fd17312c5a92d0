using Edge.Bench.Common;
using Edge.Bench.Statistics;
using Spectre.Console;

namespace Edge.Bench.Comparison;

/// <summary>A comparison as a technician reads it.</summary>
internal sealed class ComparisonPrinter(ComparisonReport report)
{
    /// <summary>Prints the sides, a table, and sentences.</summary>
    public void Print()
    {
        for (var i = 0; i < report.Sides.Count; i++)
        {
            var side = report.Sides[i];
            Console.Out.WriteLine(
                $"{Letter(i)}  {side.Name}: bundle {side.Ready.Bundle}, {side.Ready.Precision}, {side.Ready.Runtime}, " +
                $"{Figures.Number(side.ResidentMegabytes, "0")} MB resident");
        }
        Console.Out.WriteLine();
        Console.Out.WriteLine(
            $"Milliseconds, {(report.IsPaced ? "one each 20 ms" : "one after another")}, in turns; ratios with their 95 % interval");
        var table = Figures.Table("chars", ["side", .. Figures.LatencyTitles, $"times {Letter(0)}"]);
        foreach (var row in report.Rows)
        {
            for (var i = 0; i < report.Sides.Count; i++)
            {
                table.AddRow([
                    i == 0 ? $"{row.Characters}" : "", Letter(i), .. Figures.Latency(row.Milliseconds[i]),
                    i == 0 ? "" : row.Ratios[i].ToString(),
                ]);
            }
        }
        AnsiConsole.Write(table);
        foreach (var sentence in Sentences())
            Console.Out.WriteLine(sentence);
    }

    private IEnumerable<string> Sentences()
    {
        if (Figures.DashNote(report.Rows.SelectMany(row => row.Milliseconds)) is { Length: > 0 } note)
            yield return note;
        var usual = report.Usual;
        for (var i = 1; i < report.Sides.Count; i++)
            yield return $"At {usual.Characters} characters {Letter(i)} {Words(usual.Ratios[i])}.";
        foreach (var doubt in report.Doubts())
            yield return doubt;
    }

    private static string Words(MedianInterval ratio)
    {
        if (ratio.Low <= 1 && ratio.High >= 1)
            return $"and {Letter(0)} are as fast as each other, as far as this run can tell ({ratio} times the time)";
        return ratio.Middle < 1
            ? $"is {Figures.Number(1 / ratio.Middle, "0.00")} times as " +
                $"fast as {Letter(0)} ({Figures.Number(1 / ratio.High, "0.00")} to {Figures.Number(1 / ratio.Low, "0.00")})"
            : $"takes {Figures.Number(ratio.Middle, "0.00")} times as " +
                $"long as {Letter(0)} ({Figures.Number(ratio.Low, "0.00")} to {Figures.Number(ratio.High, "0.00")})";
    }

    private static string Letter(int side) => ((char)('A' + side)).ToString();
}
