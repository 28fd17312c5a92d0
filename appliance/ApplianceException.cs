namespace Edge.Appliance;

/// <summary>A problem that ends the command: its message (place, found, allowed, remedy) is all that the user needs.</summary>
internal sealed class ApplianceException(int exitCode, string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>What the process exits with.</summary>
    public int ExitCode { get; } = exitCode;
}
