using System.Text.Json.Nodes;

namespace Edge.Trainer.Evaluation;

/// <summary>A 95 % confidence interval.</summary>
/// <param name="Low">Lower end.</param>
/// <param name="High">Upper end.</param>
internal readonly record struct Interval(double Low, double High)
{
    /// <summary>The two ends as a list.</summary>
    public JsonArray ToJson() => [Math.Round(Low, 6), Math.Round(High, 6)];
}
