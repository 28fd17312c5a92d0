namespace Edge.Trainer.LinearModels;

/// <summary>Chooses the step of a linear model by the likelihood of a held-out fifth.</summary>
internal static class RateSearch
{
    private const int Parts = 5;
    private const double Fallback = 0.3;

    private static readonly double[] Rates = [0.1, 0.3, 1];

    /// <summary>The rate with the least loss.</summary>
    /// <param name="given">A rate that was given; it is taken without a search.</param>
    /// <param name="features">Features of each example; equal ones are held out together.</param>
    /// <param name="fit">Trains on the examples that are known and gives a function from features to scores.</param>
    /// <param name="loss">Loss of an example's scores; <c>null</c> where it was not annotated.</param>
    public static double Choose(
        double? given, FeatureSet[] features, Func<bool[], double, Func<FeatureSet, float[]>> fit, Func<int, float[], double?> loss)
    {
        if (given is { } rate)
            return rate;
        var known = Array.ConvertAll(features, set => set.Hashes.Aggregate(0UL, (sum, hash) => sum + hash) % Parts != 0);
        if (known.All(k => k) || !known.Any(k => k))
            return Fallback;
        return Rates.MinBy(candidate =>
        {
            var score = fit(known, candidate);
            return Enumerable.Range(0, features.Length).Where(i => !known[i]).Sum(i => loss(i, score(features[i])) ?? 0);
        });
    }
}
