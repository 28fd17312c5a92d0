namespace Edge.Trainer.Evaluation;

/// <summary>Figures on utterances that were made harder in one way.</summary>
/// <param name="Kind">The way, as the stress set names it.</param>
/// <param name="Report">The figures.</param>
internal sealed record StressResult(string Kind, EvaluationReport Report);
