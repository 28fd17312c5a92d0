using Edge.Trainer.Common;
using Edge.Trainer.Data.Augmentation;

namespace Edge.Trainer.Data.Stress;

/// <summary>
/// Variants of a labelled test set as callers, keyboards and speech recognition make them, with their labels and spans kept right:
/// how much a model loses on them says how it will do on real lines. Made apart from training's augmentation, with word lists of
/// their own, so that a model is not measured on what it was trained with.
/// </summary>
internal static class StressSet
{
    /// <summary>Makes every kind that there is for the language.</summary>
    /// <param name="test">Any labelled utterances.</param>
    /// <param name="language"><c>zh</c> or <c>en</c>, with or without a region; others get <see cref="StressKinds.Typos"/> and
    /// <see cref="StressKinds.SpeechNoise"/> only.</param>
    /// <param name="seed">The same seed gives the same variants, whatever the order of the utterances.</param>
    /// <returns>
    /// By kind of <see cref="StressKinds"/>, in its order: one variant for each utterance, in the order of <paramref name="test"/>. An
    /// utterance in which a kind finds nothing to change stays as it is. Entities keep their text, except for digits that are spoken.
    /// </returns>
    public static IReadOnlyDictionary<string, IReadOnlyList<LabelledUtterance>> Create(
        IReadOnlyList<LabelledUtterance> test, string language, int seed)
    {
        var colloquial = Colloquial.For(language);
        var clauses = NeutralClauses.For("before", "after", language);
        var typos = new Typos(language);
        var noise = new SpeechNoise(language);
        var sets = new Dictionary<string, IReadOnlyList<LabelledUtterance>>(StringComparer.Ordinal);
        if (colloquial is not null)
            sets.Add(StressKinds.Colloquial, Variants(StressKinds.Colloquial, colloquial.Apply));
        sets.Add(StressKinds.Typos, Variants(StressKinds.Typos, typos.Apply));
        if (clauses is not null)
            sets.Add(StressKinds.Long, Variants(StressKinds.Long, clauses.Surround));
        sets.Add(StressKinds.SpeechNoise, Variants(StressKinds.SpeechNoise, noise.Apply));
        return sets;

        // Random numbers of each utterance's own: leaving one out changes no other.
        IReadOnlyList<LabelledUtterance> Variants(string kind, Func<LabelledUtterance, SeededRandom, LabelledUtterance> apply) =>
            [.. test.Select(utterance => apply(utterance, SeededRandom.For(seed, $"{kind} {utterance.Text} {utterance.Context}")))];
    }
}
