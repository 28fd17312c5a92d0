using Edge.Bundles.Tokenization;

namespace Edge.Trainer.Training;

/// <summary>A batch with some words hidden.</summary>
/// <param name="Ids">Ids by utterance, the hidden ones replaced.</param>
/// <param name="Positions">Hidden tokens, as row × longest + token.</param>
/// <param name="Words">Ids that stood there; <see cref="HeadTarget.NotAnnotated"/> for positions that only fill the list up.</param>
internal sealed record MaskedWords(int[][] Ids, long[] Positions, long[] Words)
{
    private const int SizeStep = 32;
    private const int SpecialIds = 5; // [PAD] [UNK] [CLS] [SEP] [MASK] start a vocabulary that the trainer makes

    /// <summary>Hides a share of the words: 80 % become [MASK], 10 % another word, 10 % stay (Devlin et al. 2019, appendix A.1).</summary>
    public static MaskedWords Draw(IReadOnlyList<EncodedUtterance> encoded, double share, UtteranceTokenizer tokenizer, Random random)
    {
        var longest = encoded.Max(e => e.Length);
        var ids = new int[encoded.Count][];
        var positions = new List<long>();
        var words = new List<long>();
        for (var row = 0; row < ids.Length; row++)
        {
            ids[row] = (int[])encoded[row].Ids.Clone();
            for (var i = 1; i < ids[row].Length; i++)
            {
                var id = ids[row][i];
                if (id == tokenizer.SeparatorId || random.NextDouble() >= share)
                    continue;
                positions.Add(((long)row * longest) + i);
                words.Add(id);
                ids[row][i] = random.NextDouble() switch
                {
                    < 0.8 => tokenizer.MaskId,
                    < 0.9 => random.Next(SpecialIds, tokenizer.VocabularySize),
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
}
