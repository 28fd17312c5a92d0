namespace Edge.Trainer.LinearModels;

/// <summary>The features of one utterance, each once.</summary>
/// <param name="All">Hashes: of single words and pairs, then of triples.</param>
/// <param name="Short">How many of them are of single words and pairs.</param>
/// <param name="HasTriples">Whether those of triples count.</param>
internal readonly record struct FeatureSet(ulong[] All, int Short, bool HasTriples = false)
{
    /// <summary>The hashes that count.</summary>
    public ReadOnlySpan<ulong> Hashes => All.AsSpan(0, HasTriples ? All.Length : Short);

    /// <summary>What each of them counts: the set has length 1, so that long utterances do not weigh more than short ones.</summary>
    public float Value => Hashes.Length == 0 ? 0 : 1 / MathF.Sqrt(Hashes.Length);
}
