namespace Edge.Trainer.LinearModels;

/// <summary>Chooses how a linear model of labels learns, by the likelihood of utterances that it did not learn from.</summary>
internal static class SettingSearch
{
    private const int Parts = 5;
    private const double Fallback = 0.3;

    // Long, ambiguous texts want a small step, short commands with many labels a large one.
    private static readonly double[] Rates = [0.1, 0.3, 1];

    /// <summary>The setting with the least loss on a held-out fifth.</summary>
    /// <param name="examples">Utterances and variants of them. Equal ones are held out together, variants with their originals, and only
    /// originals are judged.</param>
    /// <param name="fit">Trains on some rows and gives a function from features to scores.</param>
    /// <param name="loss">Loss of an example's scores; <c>null</c> where it was not annotated.</param>
    public static LinearSetting Choose(
        IReadOnlyList<LinearExample> examples, Func<Func<int, bool>, LinearSetting, Func<LinearExample, float[]>> fit,
        Func<int, float[], double?> loss)
    {
        var original = examples.Select(example => example.Utterance.Original is null).ToArray();
        var features = new Dictionary<object, FeatureSet>(ReferenceEqualityComparer.Instance);
        foreach (var example in examples.Where((_, i) => original[i]))
            features[example.Utterance] = example.Features;
        var known =
            examples.Select(example => !IsHeldOut(features.GetValueOrDefault(example.Utterance.Said(), example.Features))).ToArray();
        int[] held = [.. Enumerable.Range(0, known.Length).Where(i => original[i] && !known[i])];
        if (held.Length == 0 || known.All(k => !k))
            return new LinearSetting(Fallback, Varied: false, Triples: false);

        return Choose(original.All(o => o) ? [false] : [false, true], setting =>
        {
            var score = fit(i => known[i] && (setting.Varied || original[i]), setting);
            return held.Sum(i => loss(i, score(examples[i])) ?? 0);
        });
    }

    /// <summary>The setting with the least loss: step and variants first, then, with these, triples.</summary>
    /// <param name="varied">Whether to learn from variants, to choose from.</param>
    /// <param name="loss">Loss of what was learned with a setting.</param>
    public static LinearSetting Choose(IReadOnlyList<bool> varied, Func<LinearSetting, double> loss)
    {
        var (best, least) = varied.SelectMany(too => Rates.Select(rate => new LinearSetting(rate, too, Triples: false)))
            .Select(setting => (Setting: setting, Loss: loss(setting))).MinBy(tried => tried.Loss);
        var longer = best with { Triples = true };
        return loss(longer) < least ? longer : best;
    }

    private static bool IsHeldOut(FeatureSet features) => features.All.Aggregate(0UL, (sum, hash) => sum + hash) % Parts == 0;
}
