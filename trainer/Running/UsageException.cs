namespace Edge.Trainer.Running;

/// <summary>Options cannot be used; the message lists every problem.</summary>
/// <param name="problems">Place, found, allowed and remedy of each.</param>
internal sealed class UsageException(IReadOnlyList<string> problems) : Exception(string.Join(Environment.NewLine, problems))
{
    /// <summary>Throws where there are problems.</summary>
    public static void ThrowIfAny(IReadOnlyList<string> problems)
    {
        if (problems.Count > 0)
            throw new UsageException(problems);
    }
}
