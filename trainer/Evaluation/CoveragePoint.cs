namespace Edge.Trainer.Evaluation;

/// <summary>A point of the coverage curve.</summary>
/// <param name="Threshold">Confidence from which answers are accepted.</param>
/// <param name="Coverage">Share of all answers that is accepted.</param>
/// <param name="Accuracy">Share of the accepted answers that is right.</param>
internal readonly record struct CoveragePoint(float Threshold, double Coverage, double Accuracy);
