using System.Text.Json;
using System.Text.Json.Nodes;

namespace Edge.Bench.Accuracy;

/// <summary>The figures of one trained bundle, read from its manifest and its run.json.</summary>
/// <param name="Set">Data set.</param>
/// <param name="Seed">Seed.</param>
/// <param name="Figures">Shares and errors by column, in the order of the columns; see <see cref="Read"/>.</param>
internal sealed record AccuracyRun(string Set, int Seed, IReadOnlyList<(string Column, double Value)> Figures)
{
    /// <summary>Column of the largest expected calibration error of a head.</summary>
    public const string WorstCalibration = "ECE, worst head";

    /// <summary>Column of what INT8 loses against FP32 on the head that loses most; below 0 where it loses.</summary>
    public const string Precision = "INT8 less FP32, worst head";

    /// <summary>Column of the student's share of its teacher's main figure, on the head that keeps least.</summary>
    public const string Kept = "student / teacher, worst head";

    /// <summary>Column of the wall time.</summary>
    public const string Minutes = "minutes";

    /// <summary>Reads a bundle: the INT8 student's main figures of every head, then how it compares.</summary>
    /// <exception cref="InvalidDataException">The bundle has no figures.</exception>
    public static AccuracyRun Read(string folder, string set, int seed)
    {
        var manifest = Parse(Path.Combine(folder, "manifest.json"));
        var int8 = Metrics("int8");
        var fp32 = Metrics("fp32");
        var run = File.Exists(Path.Combine(folder, "run.json")) ? Parse(Path.Combine(folder, "run.json")) : null;
        var teacher = run?["teacher"];
        var figures = new List<(string, double)>();
        var (calibration, lost, kept) = (new List<double>(), new List<double>(), new List<double>());
        foreach (var (name, head) in int8["heads"]!.AsObject())
        {
            var main = MainFigure(head!);
            var value = Number(head![main]);
            figures.Add(($"{name} {Title(main)}", value));
            if (main == "accuracy")
                figures.Add(($"{name} macro F1", Number(head["macroF1"])));
            if (head["ece"] is not null)
                calibration.Add(Number(head["ece"]));
            if (main == "mae")
                continue;
            lost.Add(value - Number(fp32["heads"]![name]![main]));
            if (teacher?["heads"]?[name]?[main] is { } taught && Number(taught) > 0)
                kept.Add(value / Number(taught));
        }
        if (int8["heads"]!.AsObject().Count > 1)
            figures.Add(("sentence accuracy", Number(int8["sentenceAccuracy"])));
        Add(WorstCalibration, calibration, Enumerable.Max);
        Add(Precision, lost, Enumerable.Min);
        Add(Kept, kept, Enumerable.Min);
        if (run?["minutes"] is { } minutes)
            figures.Add((Minutes, Number(minutes)));
        return new AccuracyRun(set, seed, figures);

        JsonNode Metrics(string precision) => manifest["precisions"]?[precision]?["metrics"]
            ?? throw new InvalidDataException(
                $"{folder}: the manifest has no figures of {precision}; remove the folder to train it again.");

        void Add(string column, List<double> values, Func<IEnumerable<double>, double> worst)
        {
            if (values.Count > 0)
                figures.Add((column, worst(values)));
        }
    }

    /// <summary>True for columns whose values are shares, which are shown in per cent.</summary>
    public static bool IsShare(string column) =>
        column is not (WorstCalibration or Minutes) && !column.EndsWith(" mean error", StringComparison.Ordinal);

    private static string MainFigure(JsonNode head) => head["accuracy"] is not null ? "accuracy" : head["f1"] is not null ? "f1" : "mae";

    private static string Title(string figure) => figure switch
    {
        "f1" => "F1",
        "mae" => "mean error",
        _ => figure,
    };

    private static double Number(JsonNode? node) => node?.GetValue<double>() ?? double.NaN;

    private static JsonNode Parse(string path)
    {
        try
        {
            return JsonNode.Parse(File.ReadAllText(path)) ?? throw new InvalidDataException($"{path}: holds null.");
        }
        catch (JsonException problem)
        {
            throw new InvalidDataException($"{path}: is no JSON: {problem.Message}", problem);
        }
    }
}
