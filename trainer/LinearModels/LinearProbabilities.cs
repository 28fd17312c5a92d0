using Edge.Bundles.Tasks;
using Edge.Bundles.Tokenization;

namespace Edge.Trainer.LinearModels;

/// <summary>Probabilities from the scores of linear models.</summary>
internal static class LinearProbabilities
{
    /// <summary>Probabilities by head, in the form of <see cref="LinearModel.Probabilities(Data.LabelledUtterance)"/>.</summary>
    public static float[][] Of(TaskDefinition task, float[][] scores, IReadOnlyList<float> temperatures) =>
        [.. scores.Select((values, i) => Of(task.Heads[i], values, temperatures[i]))];

    /// <summary>
    /// Tag probabilities of words as those of the tokens that a model reads: a word's first token has the word's; its others
    /// continue what the first began, so B passes to I.
    /// </summary>
    /// <param name="words">[words, tags]</param>
    /// <param name="tags">Number of tags.</param>
    /// <param name="places">Where the words stand.</param>
    /// <param name="encoded">The tokens; they come of the same text and settings, so that no token reaches over two words.</param>
    /// <returns>[tokens, tags]</returns>
    public static float[] ByToken(float[] words, int tags, EncodedUtterance places, EncodedUtterance encoded)
    {
        var tokens = new float[encoded.Length * tags];
        var word = -1;
        for (var i = 0; i < encoded.Length; i++)
        {
            var row = tokens.AsSpan(i * tags, tags);
            if (i < encoded.TextStart || i >= encoded.TextStart + encoded.TextCount || places.TextCount == 0)
            {
                row[BioTags.O] = 1;
                continue;
            }

            var before = word;
            while (word + 1 < places.TextCount && (word < 0 || places.Offsets[word + 1].Start <= encoded.Offsets[i].Start))
                word++;
            var source = words.AsSpan(word * tags, tags);
            source.CopyTo(row);
            if (word != before)
                continue;
            for (var begin = BioTags.Begin(0); begin < tags; begin += 2)
                (row[begin], row[begin + 1]) = (0, row[begin] + row[begin + 1]);
        }

        return tokens;
    }

    private static float[] Of(HeadDefinition head, float[] scores, float temperature)
    {
        var probabilities = (float[])scores.Clone();
        switch (head.Kind)
        {
            case HeadKind.Single:
                LinearMath.Softmax(probabilities, temperature);
                break;
            case HeadKind.Span:
                for (var at = 0; at < probabilities.Length; at += head.OutputCount)
                    LinearMath.Softmax(probabilities.AsSpan(at, head.OutputCount), temperature);
                break;
            default:
                for (var i = 0; i < probabilities.Length; i++)
                    probabilities[i] = LinearMath.Sigmoid(probabilities[i] / temperature);
                break;
        }

        return probabilities;
    }
}
