using Edge.Bundles.Tokenization;
using Edge.Trainer.Examples;

namespace Edge.Trainer.Training.MaskedLanguage;

/// <summary>A batch with some words hidden.</summary>
/// <param name="Ids">Ids by utterance, the hidden ones replaced.</param>
/// <param name="Positions">Hidden tokens, as row × longest + token.</param>
/// <param name="Words">Ids that stood there; <see cref="HeadTarget.NotAnnotated"/> for positions that only fill the list up.</param>
internal sealed record MaskedWords(int[][] Ids, long[] Positions, long[] Words)
{
    private const int SizeStep = 32;

    /// <summary>Hides a share of the words: 80 % become [MASK], 10 % another word, 10 % stay (Devlin et al. 2019, appendix A.1).</summary>
    /// <param name="encoded">Utterances.</param>
    /// <param name="share">Share of the tokens that are hidden.</param>
    /// <param name="tokenizer">The vocabulary's special ids.</param>
    /// <param name="random">Source of what is hidden.</param>
    /// <param name="units">Which tokens are hidden together; <c>null</c>: each for itself.</param>
    public static MaskedWords Draw(
        IReadOnlyList<EncodedUtterance> encoded, double share, UtteranceTokenizer tokenizer, Random random, MaskUnits? units = null)
    {
        var longest = encoded.Max(e => e.Length);
        var ids = new int[encoded.Count][];
        var positions = new List<long>();
        var words = new List<long>();
        for (var row = 0; row < ids.Length; row++)
        {
            ids[row] = (int[])encoded[row].Ids.Clone();
            var continues = units?.Continues(ids[row]);
            var isHidden = false;
            for (var i = 1; i < ids[row].Length; i++)
            {
                var id = ids[row][i];
                if (id == tokenizer.SeparatorId)
                {
                    isHidden = false;
                    continue;
                }
                if (continues is null || !continues[i] || i == 1)
                    isHidden = random.NextDouble() < share;
                if (!isHidden)
                    continue;
                positions.Add(((long)row * longest) + i);
                words.Add(id);
                ids[row][i] = random.NextDouble() switch
                {
                    < 0.8 => tokenizer.MaskId,
                    < 0.9 => AnyWord(tokenizer, random),
                    _ => id,
                };
            }
        }
        if (positions.Count == 0)
            return new MaskedWords(ids, [], []);
        // The library compiles a matrix product for every new size (1 ms, and 0.15 MB that it keeps): few sizes are compiled once.
        while (positions.Count % SizeStep != 0)
        {
            positions.Add(positions[0]);
            words.Add(HeadTarget.NotAnnotated);
        }
        return new MaskedWords(ids, [.. positions], [.. words]);
    }

    private static int AnyWord(UtteranceTokenizer tokenizer, Random random)
    {
        while (true)
        {
            var id = random.Next(tokenizer.VocabularySize);
            if (id != tokenizer.PadId && id != tokenizer.UnknownId && id != tokenizer.ClassifyId && id != tokenizer.SeparatorId
                && id != tokenizer.MaskId)
                return id;
        }
    }
}
