using System.CommandLine;
using System.Text.Json;
using Edge.Bench.Common;
using Edge.Bench.Comparison;
using Edge.Bench.Curve;
using Edge.Bundles.Common;
using Spectre.Console;

namespace Edge.Bench.Commands;

/// <summary><c>edge-bench curve</c>: which shape of student is worth its time.</summary>
internal static class CurveCommand
{
    /// <summary>Creates the command.</summary>
    public static Command Create()
    {
        var bundles = new Option<string[]>("--bundles")
        {
            Required = true,
            AllowMultipleArgumentsPerToken = true,
            HelpName = "DIR",
            Description = "Bundles of one data set: students of several shapes, several seeds of a shape.",
        };
        var title = new Option<string>("--title")
        {
            HelpName = "TEXT", DefaultValueFactory = _ => "Accuracy and time by shape of student", Description = "Above the picture."
        };
        var svg = new Option<string?>("--svg") { HelpName = "FILE", Description = "Write a picture." };
        var seconds = BenchOptions.Seconds("About how long to measure.", 20);
        var json = new Option<bool>("--json") { Description = "Print JSON." };
        var command =
            new Command("curve",
                "Holds the accuracy of students of several shapes, as their bundles have it, against the time of an answer, measured in " +
                "turns.\nExample: edge-bench curve --bundles atis.* --svg atis.svg")
        {
            bundles, title, svg, seconds, json,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(svg) is { } file && ResultFile.Problem("--svg", file) is { } problem)
                result.AddError($"{problem}.");
        });
        command.SetAction(result => Run(
            result.GetRequiredValue(bundles), result.GetRequiredValue(title), result.GetValue(svg),
            TimeSpan.FromSeconds(result.GetValue(seconds)), result.GetValue(json)));
        return command;
    }

    private static int Run(string[] bundles, string title, string? svg, TimeSpan duration, bool json)
    {
        var shapes = ShapePoint.Read(bundles).OrderByDescending(shape => shape.Accuracy).ToList(); // ratios are to the best
        if (shapes.Count < 2)
            throw new UserException(
                ExitCode.BadInput, $"--bundles: all are of the shape {shapes[0].Shape}; a curve needs two shapes or more.");
        var report = SideComparison.Run([.. shapes.Select(shape => SideSettings.Parse($"{shape.Bundles[0]},precision=int8"))], duration);
        var usual = report.Usual;
        ShapePoint[] points = [.. shapes.Select((shape, i) => shape with { Milliseconds = usual.Milliseconds[i].P50 })];
        if (json)
        {
            Console.Out.WriteLine(JsonSerializer.Serialize(
                new
                {
                    points, knee = ShapePoint.Knee(points).Shape, characters = usual.Characters, report.IsSettled,
                    disturbances = report.Box.Disturbances()
                }, JsonSerializerOptions.Web));
        }
        else
        {
            Print(points, usual);
            foreach (var doubt in report.Doubts())
                Console.Out.WriteLine(doubt);
        }
        if (svg is not null)
            CurveChart.Draw(title, points).Save(svg);
        return ExitCode.Done;
    }

    private static void Print(ShapePoint[] points, ComparedRow usual)
    {
        var frontier = ShapePoint.Frontier(points);
        var table = Figures.Table("student size", "bundles", "% right", $"ms, {usual.Characters} characters", "beaten");
        foreach (var point in points.OrderBy(point => point.Milliseconds))
            table.AddRow(point.Shape, $"{point.Bundles.Count}", Figures.Number(point.Accuracy * 100, "0.00"),
                Figures.Number(point.Milliseconds, "0.00"), frontier.Contains(point) ? "" : "yes");
        AnsiConsole.Write(table);
        var (knee, best) = (ShapePoint.Knee(points), points[0]);
        Console.Out.WriteLine(knee == best
            ? $"{best.Shape} is the best, and none within half a point of it is faster."
            : $"{knee.Shape} is the fastest within half a point of " +
                $"the best, {best.Shape}: {usual.Ratios[Array.IndexOf(points, knee)]} of its time.");
    }
}
