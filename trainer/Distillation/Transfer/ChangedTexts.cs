using System.Text.RegularExpressions;
using Edge.Trainer.Common;
using Edge.Trainer.Data;
using Edge.Trainer.Examples;

namespace Edge.Trainer.Distillation.Transfer;

/// <summary>
/// Training texts with some words changed: more to be asked about than a small set has. On what teachers have learned by heart they
/// say what the labels say; what several of them know together shows where none has been (Tang et al. 2019, arXiv:1903.12136;
/// Jiao et al. 2020). The texts have no labels; what they mean, and their tags, is what the teachers say.
/// </summary>
/// <remarks>
/// A word changes into one that follows the word before it somewhere in the training texts, or, one time in five, into any.
/// </remarks>
internal sealed partial class ChangedTexts
{
    private const double Changed = 0.15; // of the words
    private const double IntoAny = 0.2;

    private readonly ExampleEncoder _encoder;
    private readonly List<string> _words = []; // as often as they occur
    private readonly Dictionary<string, List<string>> _followers = new(StringComparer.Ordinal); // by word; "" stands before the first

    /// <param name="training">Training utterances: where the words come from.</param>
    /// <param name="encoder">Encodes texts.</param>
    public ChangedTexts(IReadOnlyList<LabelledUtterance> training, ExampleEncoder encoder)
    {
        _encoder = encoder;
        foreach (var utterance in training)
        {
            var before = "";
            foreach (var word in Word().Matches(utterance.Text).Select(match => match.Value))
            {
                if (!_followers.TryGetValue(before, out var followers))
                    _followers[before] = followers = [];
                followers.Add(word);
                _words.Add(before = word);
            }
        }
    }

    /// <summary>Draws texts; the same random state gives the same ones.</summary>
    /// <param name="utterances">What they are made of, variations as well; none: none are drawn.</param>
    /// <param name="count">How many.</param>
    /// <param name="random">Source of chance.</param>
    public IReadOnlyList<TrainingExample> Draw(IReadOnlyList<LabelledUtterance> utterances, int count, SeededRandom random) =>
        utterances.Count == 0
        ? []
        : _encoder.Encode(Enumerable.Range(0, count).Select(_ => Draw(random.Pick(utterances), random)));

    private LabelledUtterance Draw(LabelledUtterance utterance, SeededRandom random)
    {
        var before = "";
        var text = Word().Replace(utterance.Text, match => before = random.Chance(Changed) ? Another(before, random) : match.Value);
        return new LabelledUtterance { Text = text, Context = utterance.Context };
    }

    private string Another(string before, SeededRandom random) =>
        random.Pick(!random.Chance(IntoAny) && _followers.TryGetValue(before, out var followers) ? followers : _words);

    // Words of letters and digits where spaces part them, else single characters.
    [GeneratedRegex(@"[A-Za-zÀ-ɏ0-9']+|\S")]
    private static partial Regex Word();
}
