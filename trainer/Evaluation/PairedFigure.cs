using System.Text.Json.Nodes;

namespace Edge.Trainer.Evaluation;

/// <summary>One figure of two models on the same utterances.</summary>
internal sealed record PairedFigure
{
    /// <summary>The head; <c>null</c> for whole sentences.</summary>
    public string? Head { get; init; }

    /// <summary>Name of the figure as in the JSON answer.</summary>
    public required string Figure { get; init; }

    /// <summary>Value of the first model.</summary>
    public required double First { get; init; }

    /// <summary>Value of the second model.</summary>
    public required double Second { get; init; }

    /// <summary>95 % confidence interval of the second less the first (paired bootstrap).</summary>
    public required Interval Difference { get; init; }

    /// <summary>How the p-value was found: <c>mcnemar</c> or <c>randomization</c>.</summary>
    public required string Test { get; init; }

    /// <summary>Two-sided p-value of this figure alone.</summary>
    public required double P { get; init; }

    /// <summary>p-value that holds for all main figures of the comparison together (Holm); <c>null</c> for further figures.</summary>
    public double? AdjustedP { get; init; }

    /// <summary>True where a lower value is better.</summary>
    public bool LowerIsBetter { get; init; }

    /// <summary>Above 0 where the second model is better, in units of the figure.</summary>
    public double Gain => LowerIsBetter ? First - Second : Second - First;

    /// <summary>The figure as <c>evaluate --against --json</c> prints it.</summary>
    public JsonObject ToJson()
    {
        var json = new JsonObject
        {
            ["head"] = Head,
            ["figure"] = Figure,
            ["bundle"] = Math.Round(First, 6),
            ["against"] = Math.Round(Second, 6),
            ["difference"] = Math.Round(Second - First, 6),
            ["interval"] = Difference.ToJson(),
            ["test"] = Test,
            ["p"] = Math.Round(P, 6),
        };
        if (AdjustedP is { } adjusted)
        {
            json["pAdjusted"] = Math.Round(adjusted, 6);
            json["verdict"] = adjusted >= PairedComparison.Level ? "none" : Gain > 0 ? "against" : "bundle";
        }
        return json;
    }
}
