using Edge.Trainer.Common;

namespace Edge.Trainer.Data.Augmentation;

/// <summary>
/// A list of variants of a training set, for what learns in a few passes. A table of words learns a name by heart; among many names in
/// the same sentence it learns what stands around them.
/// </summary>
/// <param name="options">Which kinds, how often, how many.</param>
/// <param name="language">Language of the utterances.</param>
/// <param name="seed">Any number.</param>
internal sealed class Variants(AugmentationOptions options, string language, int seed)
{
    /// <summary>Most variants; a set that has more utterances than this has little need of them.</summary>
    public const int Most = 100_000;

    /// <summary>Variants of utterances that differ from them; entity values come from these utterances alone. May be empty.</summary>
    public IReadOnlyList<LabelledUtterance> Of(IReadOnlyList<LabelledUtterance> training)
    {
        var augmenter = new Augmenter(options.WithoutNoise, language, training);
        var random = SeededRandom.For(seed, nameof(Variants));
        var variants = new List<LabelledUtterance>();
        for (var time = 0; time < options.Variants; time++)
        {
            foreach (var utterance in training)
            {
                var variant = augmenter.Augment(utterance, random);
                if (variant.Text == utterance.Text)
                    continue;
                if (variants.Count == Most)
                    return variants;
                variants.Add(variant with { Original = utterance });
            }
        }
        return variants;
    }
}
