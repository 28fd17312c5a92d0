namespace Edge.Appliance.Analysis;

/// <summary>What a caller said, as a message brought it.</summary>
internal sealed record Utterance
{
    /// <summary>The text; never empty.</summary>
    public required string Text { get; init; }

    /// <summary>Id that the sender gave, unique on its line; null for plain text and JSON without id.</summary>
    public string? Id { get; init; }

    /// <summary>Earlier turns, or the question to a reply that is judged.</summary>
    public string? Context { get; init; }

    /// <summary>When the caller spoke, by the sender's clock.</summary>
    public DateTimeOffset? SpokenAt { get; init; }

    /// <summary>How long after <see cref="SpokenAt"/> (without it: after receipt) an answer is of use.</summary>
    public TimeSpan? Deadline { get; init; }
}
