using System.Text.RegularExpressions;
using Edge.Trainer.Data;
using Edge.Trainer.Training;

namespace Edge.Trainer.Distillation;

/// <summary>
/// Texts put together from pieces of two training texts, cut at punctuation: more to be asked about than a small set has.
/// They have no labels; what they mean is what the teachers say, and their tags are not taught, as pieces tear entities from
/// what stood around them.
/// </summary>
/// <param name="training">Training utterances; those with a context are not cut.</param>
/// <param name="encoder">Encodes them.</param>
internal sealed partial class MixedTexts(IReadOnlyList<LabelledUtterance> training, ExampleEncoder encoder)
{
    private const int MostPieces = 4;
    private const int MostTokens = 60;

    private readonly LabelledUtterance[] _sources = [.. training.Where(utterance => utterance.Context is null)];

    /// <summary>Draws texts; the same random state gives the same ones.</summary>
    public IReadOnlyList<TrainingExample> Draw(int count, SeededRandom random)
    {
        if (_sources.Length == 0)
            count = 0;
        var texts = new TrainingExample[count];
        for (var i = 0; i < count; i++)
            texts[i] = Draw(random);
        return texts;
    }

    private TrainingExample Draw(SeededRandom random)
    {
        var pieces = Pieces(random.Pick(_sources).Text).Concat(Pieces(random.Pick(_sources).Text)).ToList();
        random.Shuffle(pieces);
        var count = Math.Min(pieces.Count, 1 + random.Next(MostPieces));
        while (true)
        {
            var example = encoder.Encode(new LabelledUtterance { Text = Join(pieces.Take(count)) }) with { TeachesTags = false };
            if (example.Encoded.Length <= MostTokens || count == 1)
                return example;
            count--;
        }
    }

    /// <summary>The parts of a text with the punctuation that ends them.</summary>
    internal static IEnumerable<string> Pieces(string text) =>
        Piece().Matches(text).Select(match => match.Value.Trim()).Where(piece => piece.Length > 0);

    // A space stands between two pieces where one stands between two words.
    private static string Join(IEnumerable<string> pieces) => pieces.Aggregate((text, piece) =>
        text + (char.IsAscii(text[^1]) && char.IsAsciiLetterOrDigit(piece[0]) ? " " : "") + piece);

    [GeneratedRegex(@"[^,.;:!?，。；：！？、…～~\n]+[,.;:!?，。；：！？、…～~\n]*|[,.;:!?，。；：！？、…～~\n]+")]
    private static partial Regex Piece();
}
