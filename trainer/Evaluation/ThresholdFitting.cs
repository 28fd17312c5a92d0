namespace Edge.Trainer.Evaluation;

/// <summary>
/// Finds the confidence from which a head's answers are accepted: the lowest one at which the accepted answers of the dev
/// set are right as often as wanted. Answers below it are the uncertain cases that people review.
/// </summary>
internal static class ThresholdFitting
{
    /// <summary>Threshold of a head.</summary>
    /// <param name="answers">Confidence of each dev answer, and whether it was right.</param>
    /// <param name="target">Share of accepted answers that shall be right, 0.5 to 1.</param>
    /// <returns>
    /// 0 where all answers together reach the target. Where no threshold reaches it, the highest confidence seen: nearly
    /// everything is then reviewed.
    /// </returns>
    public static float Fit(IReadOnlyList<(float Confidence, bool Right)> answers, double target)
    {
        var sorted = answers.OrderByDescending(answer => answer.Confidence).ToArray();
        if (sorted.Length == 0)
            return 0;
        var threshold = sorted[0].Confidence;
        var right = 0;
        for (var i = 0; i < sorted.Length; i++)
        {
            right += sorted[i].Right ? 1 : 0;
            var last = i == sorted.Length - 1;
            // Answers of equal confidence are accepted together.
            if (!last && sorted[i + 1].Confidence == sorted[i].Confidence)
                continue;
            if (right >= target * (i + 1))
                threshold = last ? 0 : sorted[i].Confidence;
        }
        return threshold;
    }
}
