namespace Edge.Bundles.Inference;

/// <summary>How a student is run.</summary>
public sealed record StudentSessionOptions
{
    /// <summary>
    /// Threads that work on one utterance, the caller's included; 1 to 256. At the length of an utterance a second thread
    /// gains nothing: serve more callers by several workers on one session instead.
    /// </summary>
    public int Threads { get; init; } = 1;

    /// <summary>
    /// Whether the extra threads spin while they wait for work. Only with <see cref="Threads"/> above 1; it takes the
    /// processor from other workers.
    /// </summary>
    public bool Spinning { get; init; }

    /// <summary>
    /// Whether weights are laid out for the processor's kernels when the session is created. Off, every answer lays out what it needs: only
    /// for measuring what that costs.
    /// </summary>
    public bool Prepacking { get; init; } = true;

    /// <summary>Longest input expected, in tokens, at least 1: buffers start at this size and grow where an input is longer.</summary>
    public int ExpectedLength { get; init; } = 64;

    internal void Validate()
    {
        var problems = new List<string>();
        if (Threads is < 1 or > 256)
            problems.Add($"{nameof(Threads)} is {Threads}; use 1 to 256");
        if (ExpectedLength is < 1 or > 65536)
            problems.Add($"{nameof(ExpectedLength)} is {ExpectedLength}; use 1 to 65536");
        if (problems.Count > 0)
            throw new ArgumentException($"{nameof(StudentSessionOptions)}: {string.Join("; ", problems)}.");
    }
}
