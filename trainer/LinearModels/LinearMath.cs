namespace Edge.Trainer.LinearModels;

/// <summary>Links between scores and probabilities.</summary>
internal static class LinearMath
{
    /// <summary>Turns scores into probabilities of which one is true.</summary>
    public static void Softmax(Span<float> scores, float temperature = 1)
    {
        var highest = float.NegativeInfinity;
        foreach (var score in scores)
            highest = Math.Max(highest, score);
        var sum = 0f;
        for (var i = 0; i < scores.Length; i++)
            sum += scores[i] = MathF.Exp((scores[i] - highest) / temperature);
        for (var i = 0; i < scores.Length; i++)
            scores[i] /= sum;
    }

    /// <summary>Probability from the logarithm of odds.</summary>
    public static float Sigmoid(float score) => 1 / (1 + MathF.Exp(-score));

    /// <summary>Negative logarithm of a label's probability.</summary>
    public static double CrossEntropy(ReadOnlySpan<float> scores, int label)
    {
        var (highest, sum) = (float.NegativeInfinity, 0.0);
        foreach (var score in scores)
            highest = Math.Max(highest, score);
        foreach (var score in scores)
            sum += Math.Exp(score - highest);
        return Math.Log(sum) + highest - scores[label];
    }

    /// <summary>Sum of the cross-entropies of independent outputs with targets from 0 to 1.</summary>
    public static double CrossEntropy(ReadOnlySpan<float> scores, ReadOnlySpan<float> targets)
    {
        var sum = 0.0;
        for (var i = 0; i < scores.Length; i++)
            sum += Math.Max(scores[i], 0) + Math.Log(1 + Math.Exp(-Math.Abs(scores[i]))) - (scores[i] * targets[i]);
        return sum;
    }
}
