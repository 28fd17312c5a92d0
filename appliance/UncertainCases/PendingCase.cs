namespace Edge.Appliance.UncertainCases;

/// <summary>
/// An uncertain answer that waits for the store. It is masked there, on the store's own task: answers never wait for that.
/// </summary>
internal sealed class PendingCase(in AnsweredUtterance answered)
{
    private readonly AnsweredUtterance _answered = answered with { Analyzed = answered.Analyzed.Copy() };
    private UncertainCase? _case;

    /// <summary>Ends when the case is on disk.</summary>
    public TaskCompletionSource Stored { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>
    /// About what it takes in memory, in bytes: its texts as they are, masked and in the answer, and the objects around them.
    /// </summary>
    public int Bytes { get; } =
        (6 * ((answered.Utterance.Text?.Length ?? 0) + (answered.Utterance.Context?.Length ?? 0))) + (2 * answered.Line.Length) + 4_096;

    /// <summary>Whether its message was acknowledged without waiting any longer: nobody else has the case now.</summary>
    public bool IsLetGo { get; set; }

    /// <summary>Whether masking failed; it is not tried again.</summary>
    public bool CannotBeMasked { get; set; }

    /// <summary>The case, personal data masked; made once, by the one writer of the store.</summary>
    public UncertainCase Mask(UncertainCaseFactory factory) => _case ??= factory.Create(_answered);
}
