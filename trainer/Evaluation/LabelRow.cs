using System.Text.Json.Nodes;

namespace Edge.Trainer.Evaluation;

/// <summary>Figures of one label of a head.</summary>
/// <param name="Label">The label.</param>
/// <param name="Gold">How often it is annotated.</param>
/// <param name="Answered">How often it was answered.</param>
/// <param name="Right">How often both agree.</param>
/// <param name="Precision">Share of its answers that are right; 0 without answers.</param>
/// <param name="Recall">Share of its annotations that were answered; 0 without annotations.</param>
/// <param name="F1">Harmonic mean of both.</param>
internal sealed record LabelRow(string Label, int Gold, int Answered, int Right, double Precision, double Recall, double F1)
{
    /// <summary>The row as <c>evaluate --json --details</c> prints it.</summary>
    public JsonObject ToJson() => new()
    {
        ["label"] = Label,
        ["gold"] = Gold,
        ["answered"] = Answered,
        ["right"] = Right,
        ["precision"] = Math.Round(Precision, 6),
        ["recall"] = Math.Round(Recall, 6),
        ["f1"] = Math.Round(F1, 6),
    };
}
