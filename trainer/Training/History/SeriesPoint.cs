namespace Edge.Trainer.Training.History;

/// <summary>A point of a curve.</summary>
/// <param name="Step">Step of the phase, from 0; between two steps where readings were averaged.</param>
/// <param name="Value">Value there.</param>
internal readonly record struct SeriesPoint(double Step, double Value);
