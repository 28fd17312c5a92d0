namespace Edge.Trainer.Evaluation;

/// <summary>
/// How right the answers are when only the most confident ones are accepted (selective prediction; Geifman and El-Yaniv 2017).
/// Answers of equal confidence are accepted together.
/// </summary>
internal sealed record CoverageCurve
{
    /// <summary>One point for each distinct confidence, from the highest down to all answers.</summary>
    public required IReadOnlyList<CoveragePoint> Points { get; init; }

    /// <summary>
    /// Area under the risk-coverage curve, 0 to 1, lower is better: the mean share of wrong answers among the k most confident
    /// ones, over all k. Within equal confidences the expectation over their orders.
    /// </summary>
    public required double Area { get; init; }

    /// <summary>Builds the curve.</summary>
    public static CoverageCurve Create(IReadOnlyList<(float Confidence, bool Right)> answers)
    {
        var points = new List<CoveragePoint>();
        var (seen, wrong, area) = (0, 0.0, 0.0);
        foreach (var group in answers.GroupBy(answer => answer.Confidence).OrderByDescending(group => group.Key))
        {
            var (size, errors) = (group.Count(), group.Count(answer => !answer.Right));
            for (var k = 1; k <= size; k++)
                area += (wrong + ((double)errors * k / size)) / (seen + k);
            seen += size;
            wrong += errors;
            points.Add(new CoveragePoint(group.Key, (double)seen / answers.Count, 1 - (wrong / seen)));
        }
        return new CoverageCurve { Points = points, Area = seen == 0 ? 0 : area / seen };
    }

    /// <summary>The largest share of answers that can be accepted while this share of them is right; 0 where none can.</summary>
    /// <param name="accuracy">Share that shall be right, 0 to 1.</param>
    public double CoverageAt(double accuracy) =>
        Points.Where(point => point.Accuracy >= accuracy).Select(point => point.Coverage).DefaultIfEmpty(0).Max();

    /// <summary>What a threshold accepts; coverage 0 and accuracy 1 where it accepts nothing.</summary>
    public CoveragePoint At(double threshold) =>
        Points.LastOrDefault(point => point.Threshold >= threshold) is { Coverage: > 0 } point
        ? point
        : new CoveragePoint((float)threshold, 0, 1);
}
