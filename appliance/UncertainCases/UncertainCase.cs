namespace Edge.Appliance.UncertainCases;

/// <summary>An utterance that a person should review, personal data masked.</summary>
internal sealed record UncertainCase
{
    /// <summary>Line it came from; <c>http</c> for HTTP.</summary>
    public required string Line { get; init; }

    /// <summary>Id in the answer.</summary>
    public required string UtteranceId { get; init; }

    /// <summary>
    /// The sender's id, or empty where it gave none: with line and fingerprint it says whether a case is there already.
    /// The answer's id will not do, because a redelivered message without id gets a new one.
    /// </summary>
    public required string SenderId { get; init; }

    /// <summary>Hash of the text with every masked item replaced by its kind: the same for the same text, at every start.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>The masked text.</summary>
    public required string Text { get; init; }

    /// <summary>The masked context.</summary>
    public string? Context { get; init; }

    /// <summary>The answer as it was sent, its entities taken from the masked text.</summary>
    public required string Answer { get; init; }

    /// <summary>Confidence of each head, as a JSON object.</summary>
    public required string Confidences { get; init; }

    /// <summary>The lowest of them.</summary>
    public required double LowestConfidence { get; init; }

    /// <summary>Id of the bundle that answered.</summary>
    public required string Bundle { get; init; }

    /// <summary>When the utterance was received.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }
}
