namespace Edge.Trainer.LinearModels;

/// <summary>Chooses how a linear model of labels learns, by the likelihood of a held-out fifth of the utterances.</summary>
internal static class SettingSearch
{
    private const int Parts = 5;
    private const double Fallback = 0.3;

    private static readonly double[] Rates = [0.1, 0.3, 1];

    /// <summary>The setting with the least loss.</summary>
    /// <param name="given">A step that was given; it is not searched.</param>
    /// <param name="examples">Utterances and variants of them. Equal ones are held out together, variants with their originals, and only originals are judged.</param>
    /// <param name="fit">Trains on some rows with a step and gives a function from features to scores.</param>
    /// <param name="loss">Loss of an example's scores; <c>null</c> where it was not annotated.</param>
    /// <returns>Step of AdaGrad, and whether to learn from variants.</returns>
    public static (double Rate, bool Varied) Choose(
        double? given, IReadOnlyList<LinearExample> examples, Func<Func<int, bool>, double, Func<FeatureSet, float[]>> fit, Func<int, float[], double?> loss)
    {
        var original = examples.Select(example => example.Utterance.Original is null).ToArray();
        bool[] choices = original.All(o => o) ? [false] : [false, true];
        double[] rates = given is { } rate ? [rate] : Rates;
        if (choices.Length * rates.Length == 1)
            return (rates[0], false);

        var features = new Dictionary<object, FeatureSet>(ReferenceEqualityComparer.Instance);
        foreach (var example in examples.Where((_, i) => original[i]))
            features[example.Utterance] = example.Features;
        var known = examples.Select(example => !IsHeldOut(features.GetValueOrDefault(example.Utterance.Said(), example.Features))).ToArray();
        int[] held = [.. Enumerable.Range(0, known.Length).Where(i => original[i] && !known[i])];
        if (held.Length == 0 || known.All(k => !k))
            return (given ?? Fallback, false);
        return choices.SelectMany(varied => rates.Select(rate => (rate, varied))).MinBy(candidate =>
        {
            var score = fit(i => known[i] && (candidate.varied || original[i]), candidate.rate);
            return held.Sum(i => loss(i, score(examples[i].Features)) ?? 0);
        });
    }

    private static bool IsHeldOut(FeatureSet features) => features.Hashes.Aggregate(0UL, (sum, hash) => sum + hash) % Parts == 0;
}
