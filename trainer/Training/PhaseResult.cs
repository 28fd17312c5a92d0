namespace Edge.Trainer.Training;

/// <summary>What a phase did.</summary>
/// <param name="Steps">Steps done.</param>
/// <param name="Epochs">Passes over the training set.</param>
/// <param name="Elapsed">Wall time.</param>
/// <param name="TokensPerSecond">Tokens trained a second, without padding; evaluations count in the time.</param>
/// <param name="KeptScore">Dev score of the kept weights, 0 to 1: the mean of the heads' main metrics; -1 where nothing was
/// evaluated.</param>
/// <param name="Losses">Running means of the loss terms at the end.</param>
internal sealed record PhaseResult(
    long Steps, double Epochs, TimeSpan Elapsed, double TokensPerSecond, double KeptScore,
    IReadOnlyList<(string Name, double Mean)> Losses);
