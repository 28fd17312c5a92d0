using System.Collections.ObjectModel;
using Edge.Bundles.Decoding;
using Edge.Trainer.Common;
using Edge.Trainer.Data;
using Edge.Trainer.Data.Augmentation;

namespace Edge.Trainer.Synthesis;

/// <summary>Makes call-centre utterances from a language's grammar. The same language, split and seed give the same utterances.</summary>
/// <param name="language"><c>zh</c> or <c>en</c>.</param>
/// <param name="seed">Any number.</param>
internal sealed class Synthesizer(string language, int seed)
{
    // A few equal short requests ("转人工") are natural; more would only cost training time.
    private const int TriesForANewText = 6;

    // How a telephone line and speech recognition treat clean sentences.
    private static readonly AugmentationOptions Noise = AugmentationOptions.None with
    {
        Fillers = 0.22,
        Homophones = 0.06,
        DoubledCharacters = 0.04,
        DroppedCharacters = 0.015,
        SpokenDigits = 0.3,
    };

    private readonly Grammar _grammar = Grammar.For(language);
    private readonly Augmenter _augmenter = new(Noise, language, []);

    /// <summary>Makes utterances from the templates and entity values of one split.</summary>
    public IReadOnlyList<LabelledUtterance> Make(Split split, int count)
    {
        var random = SeededRandom.For(seed, $"{language} {split}");
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var utterances = new List<LabelledUtterance>(count);
        while (utterances.Count < count)
        {
            // 1. What the caller wants and feels. 2. Words for it. 3. Noise and punctuation.
            var intent = Weighted.Pick(_grammar.Intents, item => item.Weight, random);
            var sentiment = Weighted.Pick(intent.Sentiments, item => item.Weight, random).Sentiment;
            var utterance = Say(intent, sentiment, split, random);
            for (var i = 1; i < TriesForANewText && seen.Contains(utterance.Text); i++) utterance = Say(intent, sentiment, split, random);
            seen.Add(utterance.Text);
            utterances.Add(utterance);
        }

        return utterances;
    }

    private LabelledUtterance Say(IntentGrammar intent, string sentiment, Split split, SeededRandom random)
    {
        var expander = new Expander(_grammar, intent, split, random);
        expander.Add(sentiment);
        var utterance = SurfaceForm.Tidy(new LabelledUtterance
        {
            Text = expander.Text,
            Single = new Dictionary<string, string> { ["intent"] = intent.Intent, ["sentiment"] = sentiment },
            Spans = new Dictionary<string, IReadOnlyList<EntitySpan>>
            {
                ["entities"] = new ReadOnlyCollection<EntitySpan>([.. expander.Spans])
            },
        });
        utterance = _augmenter.Augment(utterance, random);
        return language == "zh" ? SurfaceForm.Chinese(utterance, random) : SurfaceForm.English(utterance, random);
    }
}
