namespace Edge.Trainer.Progress;

/// <summary>How far a phase is.</summary>
/// <param name="Fraction">Part done, 0 to 1.</param>
/// <param name="Text">Losses and scores, short.</param>
/// <param name="Left">Estimated time left.</param>
internal readonly record struct PhaseReport(double Fraction, string Text, TimeSpan Left);
