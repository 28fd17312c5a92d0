namespace Edge.Bundles.Decoding;

/// <summary>What one head says of one utterance.</summary>
public readonly record struct HeadPrediction
{
    /// <summary>Starts with nothing.</summary>
    public HeadPrediction()
    {
    }

    /// <summary>Name of the head.</summary>
    public required string Head { get; init; }

    /// <summary>The winning label of a <c>single</c> head.</summary>
    public string? Label { get; init; }

    /// <summary>The labels of a <c>multi</c> head with a probability of at least 0.5.</summary>
    public IReadOnlyList<string> Labels { get; init; } = [];

    /// <summary>The value of a <c>score</c> head, 0 to 1.</summary>
    public float? Score { get; init; }

    /// <summary>The entities of a <c>span</c> head, in text order, not overlapping.</summary>
    public IReadOnlyList<EntitySpan> Spans { get; init; } = [];

    /// <summary>
    /// Calibrated confidence in the whole answer of this head, 0 to 1: probability of the label (single), of exactly these
    /// labels, the product over all labels of being given or not (multi), of all entities together (span); 1 for a score.
    /// </summary>
    public required float Confidence { get; init; }

    /// <summary>Calibrated probability of each label of a <c>single</c> or <c>multi</c> head; empty for others.</summary>
    public float[] Probabilities { get; init; } = [];
}
