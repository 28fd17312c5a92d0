using Edge.Bundles.Decoding;

namespace Edge.Trainer.Evaluation;

/// <summary>The answer of one head to one annotated utterance.</summary>
/// <param name="Prediction">What the head says.</param>
/// <param name="Right">True where it says exactly what the annotation says; for scores, within 0.1 of it.</param>
internal readonly record struct DecodedAnswer(HeadPrediction Prediction, bool Right)
{
    /// <summary>Distance up to which a score counts as right.</summary>
    public const double ScoreTolerance = 0.1;
}
