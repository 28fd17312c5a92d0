namespace Edge.Bundles.Decoding;

/// <summary>Probabilities from logits, at a calibration temperature (Guo et al. 2017: softmax of logits / T).</summary>
internal static class Softmax
{
    /// <summary>Writes log-probabilities.</summary>
    /// <exception cref="InvalidDataException">A logit is NaN or infinite.</exception>
    public static void Log(ReadOnlySpan<float> logits, float temperature, Span<float> logProbabilities)
    {
        CheckFinite(logits);
        var highest = VectorMath.Highest(logits);

        // Differences, then the temperature: a small temperature must not make infinities of large logits.
        var sum = 0.0;
        for (var i = 0; i < logits.Length; i++)
        {
            logProbabilities[i] = Math.Max(((float)((double)logits[i] - highest)) / temperature, -float.MaxValue / 1e6f);
            sum += Math.Exp(logProbabilities[i]);
        }

        var logSum = (float)Math.Log(sum);
        for (var i = 0; i < logits.Length; i++)
            logProbabilities[i] -= logSum;
    }

    /// <summary>Probabilities of classes that exclude each other.</summary>
    public static void Probabilities(ReadOnlySpan<float> logits, float temperature, Span<float> probabilities)
    {
        Log(logits, temperature, probabilities);
        for (var i = 0; i < probabilities.Length; i++)
            probabilities[i] = MathF.Exp(probabilities[i]);
    }

    /// <summary>Probability of one yes-or-no decision.</summary>
    public static float Sigmoid(float logit, float temperature)
    {
        CheckFinite(logit);
        return (float)(1 / (1 + Math.Exp(-(double)logit / temperature)));
    }

    /// <summary>Refuses a temperature that is no positive number.</summary>
    public static void CheckTemperature(float temperature)
    {
        if (!(temperature > 0) || !float.IsFinite(temperature))
            throw new ArgumentOutOfRangeException(
                nameof(temperature), temperature, "A calibration temperature is a finite number above 0.");
    }

    /// <summary>Refuses NaN and infinity.</summary>
    public static void CheckFinite(ReadOnlySpan<float> logits)
    {
        if (VectorMath.AreFinite(logits))
            return;
        foreach (var logit in logits)
            CheckFinite(logit);
    }

    /// <summary>Refuses NaN and infinity.</summary>
    public static void CheckFinite(float logit)
    {
        if (!float.IsFinite(logit))
            throw new InvalidDataException(
                $"the model answered {logit}; logits must be finite. Use another precision, or export the model again.");
    }
}
