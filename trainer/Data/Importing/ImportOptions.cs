namespace Edge.Trainer.Data.Importing;

/// <summary>What a file does not say of itself.</summary>
internal sealed record ImportOptions
{
    /// <summary>Names of the tags where the file has their numbers, in the order of the numbers; empty: not given.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>What the offsets of spans count; <c>null</c>: what the tool that wrote the file counts.</summary>
    public OffsetUnit? Offsets { get; init; }
}
