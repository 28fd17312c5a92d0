namespace Edge.Bundles.Common;

/// <summary>
/// A problem that ends the command. Its message (place, found, allowed, remedy) is all that the user needs, so no stack trace is shown.
/// </summary>
public class UserException : Exception
{
    /// <summary>Bad usage, configuration or input.</summary>
    /// <param name="message">Place, found, allowed, remedy.</param>
    /// <param name="innerException">What went wrong below, where something did.</param>
    public UserException(string message, Exception? innerException = null)
        : this(Common.ExitCode.BadInput, message, innerException)
    {
    }

    /// <summary>Bad input, or another reason that a program can exit for.</summary>
    /// <param name="exitCode">One of <see cref="Common.ExitCode"/>.</param>
    /// <param name="message">Place, found, allowed, remedy.</param>
    /// <param name="innerException">What went wrong below, where something did.</param>
    public UserException(int exitCode, string message, Exception? innerException = null)
        : base(message, innerException) => ExitCode = exitCode;

    /// <summary>What the process exits with.</summary>
    public int ExitCode { get; }

    /// <summary>Throws where there are problems; one message lists them all.</summary>
    /// <param name="problems">Place, found, allowed and remedy of each.</param>
    public static void ThrowIfAny(IReadOnlyList<string> problems)
    {
        if (problems.Count > 0)
            throw new UserException(string.Join(Environment.NewLine, problems));
    }
}
