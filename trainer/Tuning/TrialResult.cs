namespace Edge.Trainer.Tuning;

/// <summary>How good a trial was.</summary>
/// <param name="Trial">What was tried.</param>
/// <param name="Rung">Rung, from 1: how much of a whole training it had.</param>
/// <param name="Score">Dev score, 0 to 1.</param>
/// <param name="Loss">Negative log-likelihood on dev; decides where scores are equal.</param>
/// <param name="Time">Wall time.</param>
internal sealed record TrialResult(Trial Trial, int Rung, double Score, double Loss, TimeSpan Time);
