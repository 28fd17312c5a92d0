namespace Edge.Trainer.Evaluation;

/// <summary>Answers whose confidences lie in one interval.</summary>
/// <param name="From">Lower end, exclusive.</param>
/// <param name="To">Upper end, inclusive.</param>
/// <param name="Count">Answers, at least 1.</param>
/// <param name="Confidence">Their mean confidence.</param>
/// <param name="Accuracy">Share of them that is right.</param>
internal readonly record struct ReliabilityBin(double From, double To, int Count, double Confidence, double Accuracy);
