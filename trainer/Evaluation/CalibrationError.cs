namespace Edge.Trainer.Evaluation;

/// <summary>Expected calibration error over 15 bins of equal width (Guo et al. 2017, equation 3).</summary>
internal static class CalibrationError
{
    private const int Bins = 15;

    /// <summary>Mean distance between confidence and accuracy, weighted by the answers in each bin; 0 without answers.</summary>
    public static double Compute(IReadOnlyList<(float Confidence, bool Right)> answers)
    {
        var confidence = new double[Bins];
        var right = new double[Bins];
        foreach (var answer in answers)
        {
            // Bins are open below and closed above, so that confidence 1 is in the last one.
            var bin = Math.Clamp((int)Math.Ceiling(answer.Confidence * Bins) - 1, 0, Bins - 1);
            confidence[bin] += answer.Confidence;
            right[bin] += answer.Right ? 1 : 0;
        }
        return answers.Count == 0 ? 0 : confidence.Zip(right, (c, r) => Math.Abs(c - r)).Sum() / answers.Count;
    }
}
