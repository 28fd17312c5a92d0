namespace Edge.Appliance.Analysis;

/// <summary>What an answer says besides the analysis.</summary>
internal readonly record struct AnswerDetails
{
    /// <summary>Id of the utterance; made by the appliance where the sender gave none.</summary>
    public required string Id { get; init; }

    /// <summary>From receipt to answer.</summary>
    public required TimeSpan Latency { get; init; }

    /// <summary>Whether the answer came after the sender's deadline.</summary>
    public bool Late { get; init; }
}
