namespace Edge.Bundles;

/// <summary>What a bundle was trained on.</summary>
public sealed record TrainingDataInfo
{
    /// <summary>SHA-256 over the data files, so that two bundles can be told to come from the same data.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>Utterances of each split, for example <c>train</c>, <c>dev</c>, <c>test</c>.</summary>
    public IReadOnlyDictionary<string, int> Counts { get; init; } = new Dictionary<string, int>();
}
