using Edge.Trainer.Common;

namespace Edge.Trainer.Evaluation;

/// <summary>Expected calibration error over bins of equal width (Guo et al. 2017, equation 3).</summary>
internal static class CalibrationError
{
    private const int Bins = 15;
    private const int Draws = 200;

    /// <summary>Mean distance between confidence and accuracy over 15 bins, weighted by the answers in each; 0 without answers.</summary>
    public static double Compute(IReadOnlyList<(float Confidence, bool Right)> answers) =>
        answers.Count == 0 ? 0 : Reliability(answers, Bins).Sum(bin => Math.Abs(bin.Confidence - bin.Accuracy) * bin.Count) / answers.Count;

    /// <summary>
    /// The error that these confidences would show by chance if they were honest: the mean over 200 draws in which each answer is right
    /// with the probability that its confidence says. Few answers fill 15 bins badly, so it is well above 0 (Vaicenavicius et al. 2019).
    /// </summary>
    public static double ByChance(IReadOnlyList<(float Confidence, bool Right)> answers)
    {
        var random = SeededRandom.For(1, nameof(CalibrationError));
        var drawn = new (float, bool)[answers.Count];
        var sum = 0.0;
        for (var draw = 0; draw < Draws; draw++)
        {
            for (var i = 0; i < drawn.Length; i++)
                drawn[i] = (answers[i].Confidence, random.NextDouble() < answers[i].Confidence);
            sum += Compute(drawn);
        }
        return sum / Draws;
    }

    /// <summary>Confidence and accuracy of each bin that has answers, lowest first: the reliability diagram.</summary>
    public static IReadOnlyList<ReliabilityBin> Reliability(IReadOnlyList<(float Confidence, bool Right)> answers, int bins)
    {
        var confidence = new double[bins];
        var right = new int[bins];
        var count = new int[bins];
        foreach (var answer in answers)
        {
            // Bins are open below and closed above, so that confidence 1 is in the last one.
            var bin = Math.Clamp((int)Math.Ceiling(answer.Confidence * bins) - 1, 0, bins - 1);
            confidence[bin] += answer.Confidence;
            right[bin] += answer.Right ? 1 : 0;
            count[bin]++;
        }
        return
        [
            .. Enumerable.Range(0, bins).Where(bin => count[bin] > 0).Select(bin => new ReliabilityBin(
                (double)bin / bins, (bin + 1.0) / bins, count[bin], confidence[bin] / count[bin], (double)right[bin] / count[bin])),
        ];
    }
}
