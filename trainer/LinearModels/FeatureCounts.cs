namespace Edge.Trainer.LinearModels;

/// <summary>Which features of tokens occur often enough to be learned.</summary>
/// <param name="bits">Two to the power of this many hashes are told apart.</param>
/// <param name="least">How often a feature must occur, 1 to 255.</param>
internal sealed class FeatureCounts(int bits, int least)
{
    private readonly byte[] _counts = new byte[1 << bits];

    /// <summary>Counts the features of a sequence.</summary>
    public void Add(TokenSequence sequence)
    {
        Span<ulong> features = stackalloc ulong[TokenSequence.MostFeatures];
        for (var token = 0; token < sequence.Length; token++)
        {
            foreach (var feature in features[..sequence.Write(token, features)])
            {
                ref var count = ref _counts[feature >> (64 - bits)];
                if (count < byte.MaxValue)
                    count++;
            }
        }
    }

    /// <summary>Moves the frequent features to the front.</summary>
    /// <returns>How many there are.</returns>
    public int Keep(Span<ulong> features)
    {
        var kept = 0;
        foreach (var feature in features)
            if (_counts[feature >> (64 - bits)] >= least)
                features[kept++] = feature;
        return kept;
    }
}
