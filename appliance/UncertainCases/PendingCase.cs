namespace Edge.Appliance.UncertainCases;

/// <summary>A case that waits for the store.</summary>
internal sealed class PendingCase(UncertainCase uncertain)
{
    /// <summary>The case.</summary>
    public UncertainCase Case { get; } = uncertain;

    /// <summary>Ends when the case is on disk.</summary>
    public TaskCompletionSource Stored { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}
