namespace Edge.Appliance.Analysis;

/// <summary>An utterance that waits for a worker.</summary>
internal sealed class PendingAnalysis(string text, string? context)
{
    /// <summary>The utterance.</summary>
    public string Text { get; } = text;

    /// <summary>Earlier turns.</summary>
    public string? Context { get; } = context;

    /// <summary>Receives the result. Continuations run elsewhere, so that publishing never holds up a worker.</summary>
    public TaskCompletionSource<AnalyzedUtterance> Completion { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}
