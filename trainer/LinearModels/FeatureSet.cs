namespace Edge.Trainer.LinearModels;

/// <summary>The features of one utterance, each once.</summary>
/// <param name="Hashes">Their hashes.</param>
internal readonly record struct FeatureSet(ulong[] Hashes)
{
    /// <summary>What each of them counts: the set has length 1, so that long utterances do not weigh more than short ones.</summary>
    public float Value => Hashes.Length == 0 ? 0 : 1 / MathF.Sqrt(Hashes.Length);
}
