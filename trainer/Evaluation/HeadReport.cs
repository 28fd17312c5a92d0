using System.Text.Json.Nodes;
using Edge.Bundles.Tasks;

namespace Edge.Trainer.Evaluation;

/// <summary>The figures of one head.</summary>
/// <param name="Kind">Kind of the head.</param>
/// <param name="Count">Annotated utterances.</param>
/// <param name="Metrics">Names as in the JSON answer, and values, in order.</param>
internal sealed record HeadReport(HeadKind Kind, int Count, IReadOnlyList<(string Name, double Value)> Metrics)
{
    /// <summary>The figure that training maximizes, 0 to 1: accuracy, F1, or 1 less the error of a score.</summary>
    public double Score => Kind switch
    {
        HeadKind.Single => this["accuracy"],
        HeadKind.Score => 1 - this["mae"],
        _ => this["f1"],
    };

    /// <summary>The value of a metric.</summary>
    public double this[string name] => Metrics.First(metric => metric.Name == name).Value;

    /// <summary>The metrics as the commands print them.</summary>
    public JsonObject ToJson() => new(Metrics.Select(metric => KeyValuePair.Create(metric.Name, (JsonNode?)JsonValue.Create(Math.Round(metric.Value, 6)))));
}
