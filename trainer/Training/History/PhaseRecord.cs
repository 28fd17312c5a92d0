namespace Edge.Trainer.Training.History;

/// <summary>The curves of one phase as they are kept.</summary>
/// <param name="Name">Name of the phase.</param>
/// <param name="Losses">The weighted sum of the loss terms, then the terms.</param>
/// <param name="DevScore">Scores on the dev set; without points where there was none.</param>
/// <param name="DevLoss">Negative log-likelihood on the dev set.</param>
internal sealed record PhaseRecord(string Name, IReadOnlyList<CurveRecord> Losses, CurveRecord DevScore, CurveRecord DevLoss)
{
    /// <summary>Takes the curves of a phase.</summary>
    public static PhaseRecord Of(PhaseCurves phase) => new(
        phase.Name,
        [.. phase.Losses.Select(loss => CurveRecord.Of(loss.Name, loss.Series))],
        CurveRecord.Of("dev score", phase.DevScore),
        CurveRecord.Of("dev loss", phase.DevLoss));
}
