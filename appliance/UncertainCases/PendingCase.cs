namespace Edge.Appliance.UncertainCases;

/// <summary>An uncertain answer that waits for the store. It is masked there, on the store's own task: answers never wait for that.</summary>
internal sealed class PendingCase(in AnsweredUtterance answered)
{
    private readonly AnsweredUtterance _answered = answered with { Analyzed = answered.Analyzed.Copy() };
    private UncertainCase? _case;

    /// <summary>Ends when the case is on disk.</summary>
    public TaskCompletionSource Stored { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Whether masking failed; it is not tried again.</summary>
    public bool CannotBeMasked { get; set; }

    /// <summary>The case, personal data masked; made once, by the one writer of the store.</summary>
    public UncertainCase Mask(UncertainCaseFactory factory) => _case ??= factory.Create(_answered);
}
