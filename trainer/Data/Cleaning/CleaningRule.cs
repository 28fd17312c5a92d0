namespace Edge.Trainer.Data.Cleaning;

/// <summary>What is replaced in every text before training, for example marks that recognition leaves in transcripts.</summary>
internal sealed record CleaningRule
{
    /// <summary>Regular expression (.NET); cultures play no part.</summary>
    public required string Pattern { get; init; }

    /// <summary>What stands there afterwards; <c>$1</c> and <c>${name}</c> are groups. Empty: the match is taken out.</summary>
    public string Replacement { get; init; } = "";
}
