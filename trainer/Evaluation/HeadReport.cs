using System.Text.Json.Nodes;
using Edge.Bundles.Tasks;

namespace Edge.Trainer.Evaluation;

/// <summary>The figures of one head.</summary>
/// <param name="Kind">Kind of the head.</param>
/// <param name="Count">Annotated utterances.</param>
/// <param name="Metrics">Names as in the JSON answer, and values, in order; NaN where a figure is not defined.</param>
internal sealed record HeadReport(HeadKind Kind, int Count, IReadOnlyList<(string Name, double Value)> Metrics)
{
    /// <summary>95 % confidence intervals by figure; empty where they were not computed.</summary>
    public IReadOnlyList<(string Name, Interval Interval)> Intervals { get; init; } = [];

    /// <summary>Name of the main figure of a kind of head: the one that says how good it is in one number.</summary>
    public static string MainFigure(HeadKind kind) => kind switch
    {
        HeadKind.Single => "accuracy",
        HeadKind.Score => "mae",
        _ => "f1",
    };

    /// <summary>The figure that training maximizes, 0 to 1: accuracy, F1, or 1 less the error of a score.</summary>
    public double Score => Kind == HeadKind.Score ? 1 - Main : Main;

    /// <summary>The main figure; of a score lower is better.</summary>
    public double Main => this[MainFigure(Kind)];

    /// <summary>The value of a metric.</summary>
    public double this[string name] => Metrics.First(metric => metric.Name == name).Value;

    /// <summary>Confidence interval of a metric; <c>null</c> where it was not computed.</summary>
    public Interval? IntervalOf(string name) =>
        Intervals.Where(entry => entry.Name == name).Select(entry => (Interval?)entry.Interval).FirstOrDefault();

    /// <summary>The metrics as the commands print them.</summary>
    public JsonObject ToJson()
    {
        var json = new JsonObject(Metrics.Select(metric => KeyValuePair.Create(metric.Name, (JsonNode?)Number(metric.Value))));
        var defined = Intervals.Where(entry => double.IsFinite(entry.Interval.Low)).ToArray();
        if (defined.Length > 0)
            json["intervals"] =
                new JsonObject(defined.Select(entry => KeyValuePair.Create(entry.Name, (JsonNode?)entry.Interval.ToJson())));
        return json;
    }

    // JSON has no NaN: what is not defined, such as a correlation with a constant, is null.
    private static JsonValue? Number(double value) => double.IsFinite(value) ? JsonValue.Create(Math.Round(value, 6)) : null;
}
