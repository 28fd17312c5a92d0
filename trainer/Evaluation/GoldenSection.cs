namespace Edge.Trainer.Evaluation;

/// <summary>Golden-section search (Kiefer 1953) for the minimum of a function that has one.</summary>
internal static class GoldenSection
{
    private static readonly double Ratio = (Math.Sqrt(5) - 1) / 2;

    /// <summary>Narrows [low, high] by 0.618 a step, one evaluation each.</summary>
    public static double Minimize(Func<double, double> function, double low, double high, int steps)
    {
        var (left, right) = (high - (Ratio * (high - low)), low + (Ratio * (high - low)));
        var (atLeft, atRight) = (function(left), function(right));
        for (var step = 0; step < steps; step++)
        {
            if (atLeft <= atRight)
            {
                (high, right, atRight) = (right, left, atLeft);
                left = high - (Ratio * (high - low));
                atLeft = function(left);
            }
            else
            {
                (low, left, atLeft) = (left, right, atRight);
                right = low + (Ratio * (high - low));
                atRight = function(right);
            }
        }
        return (low + high) / 2;
    }
}
