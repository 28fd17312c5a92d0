namespace Edge.Trainer.Evaluation;

/// <summary>Tests of whether two models differ on the same utterances.</summary>
internal static class SignificanceTests
{
    /// <summary>
    /// McNemar's exact test (McNemar 1947, with the binomial distribution instead of chi-squared), two-sided: how likely a split
    /// at least as uneven of the utterances on which only one model is right would be, were both equally good.
    /// </summary>
    /// <param name="onlyFirst">Utterances that only the first model gets right.</param>
    /// <param name="onlySecond">Utterances that only the second one gets right.</param>
    public static double McNemar(int onlyFirst, int onlySecond)
    {
        var n = onlyFirst + onlySecond;
        if (n == 0)
            return 1;
        // Sum of C(n, k) / 2^n up to the smaller count; logarithms, because 2^n soon overflows.
        var logarithm = -n * Math.Log(2);
        var sum = Math.Exp(logarithm);
        for (var k = 1; k <= Math.Min(onlyFirst, onlySecond); k++)
        {
            logarithm += Math.Log(n - k + 1) - Math.Log(k);
            sum += Math.Exp(logarithm);
        }
        return Math.Min(1, 2 * sum);
    }

    /// <summary>
    /// p-values that hold for all of several comparisons together (Holm 1979): the smallest is multiplied by their number, the next
    /// by one less, and none is below the one before it.
    /// </summary>
    public static IReadOnlyList<double> Holm(IReadOnlyList<double> values)
    {
        var adjusted = new double[values.Count];
        var highest = 0.0;
        foreach (var (rank, index) in Enumerable.Range(0, values.Count).OrderBy(i => values[i]).Index())
        {
            highest = Math.Max(highest, Math.Min(1, values[index] * (values.Count - rank)));
            adjusted[index] = highest;
        }
        return adjusted;
    }
}
