namespace Edge.Trainer.Data;

/// <summary>What one split holds.</summary>
internal sealed record SplitSummary
{
    /// <summary><c>train</c>, <c>dev</c> or <c>test</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Number of utterances.</summary>
    public required int Utterances { get; init; }

    /// <summary>Mean length in UTF-16 units.</summary>
    public required double MeanLength { get; init; }

    /// <summary>Longest utterance in UTF-16 units.</summary>
    public required int MaxLength { get; init; }

    /// <summary>Utterances whose text and context stood in the split before.</summary>
    public required int Duplicates { get; init; }

    /// <summary>Texts (with their contexts) that occur with different annotations.</summary>
    public required int Conflicts { get; init; }

    /// <summary>Utterances whose text is also in train; 0 for train itself.</summary>
    public required int AlsoInTrain { get; init; }

    /// <summary>By head: how often each label occurs, most frequent first; for a score, one entry per tenth.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyDictionary<string, int>> Labels { get; init; }
}
