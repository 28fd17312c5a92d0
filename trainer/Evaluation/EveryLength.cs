using Edge.Bundles.Tokenization;
using Edge.Trainer.Examples;

namespace Edge.Trainer.Evaluation;

/// <summary>
/// Inputs of every length that a model reads, made of real utterances: what is right at the lengths of dev may be wrong beyond.
/// </summary>
internal static class EveryLength
{
    private const int Special = 2; // [CLS] and [SEP]

    /// <summary>One input of each length from 1 token of text to as many as there is room for.</summary>
    /// <param name="examples">Utterances whose tokens are strung together and cut.</param>
    /// <param name="maxLength">Tokens of an input, special ones included.</param>
    /// <returns>Without labels; none where no utterance has a token.</returns>
    public static IReadOnlyList<TrainingExample> Of(IReadOnlyList<TrainingExample> examples, int maxLength)
    {
        int[] tokens =
            [.. examples.SelectMany(example => example.Encoded.Ids.Skip(example.Encoded.TextStart).Take(example.Encoded.TextCount))];
        if (tokens.Length == 0)
            return [];
        var (first, last) = (examples[0].Encoded.Ids[0], examples[0].Encoded.Ids[^1]);
        var (inputs, next) = (new List<TrainingExample>(), 0);
        for (var count = 1; count <= maxLength - Special; count++)
        {
            int[] ids = [first, .. Enumerable.Range(next, count).Select(i => tokens[i % tokens.Length]), last];
            next = (next + count) % tokens.Length;
            inputs.Add(new TrainingExample(
                new EncodedUtterance
                {
                    Ids = ids, TypeIds = new int[ids.Length], Offsets = new SourceSpan[ids.Length], TextStart = 1, TextCount = count,
                    Truncated = false
                }, []));
        }
        return inputs;
    }
}
