namespace Edge.Trainer.Evaluation;

/// <summary>What a bundle says of one utterance's scope.</summary>
/// <param name="IsOut">Whether the data say that it is out of scope.</param>
/// <param name="Confidence">Confidence of the scope's head.</param>
/// <param name="Score">The sum that the out-of-scope score is made of, which separates more finely; <c>null</c> where there is
/// none.</param>
/// <param name="Accepted">Whether the head's answer is accepted.</param>
internal readonly record struct ScopeAnswer(bool IsOut, float Confidence, double? Score, bool Accepted);
