namespace Edge.Appliance.Configuration;

/// <summary>The store of uncertain cases.</summary>
internal sealed record UncertainCaseOptions
{
    /// <summary>Whether uncertain cases are kept; default true.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>
    /// SQLite file, created with access for the service's user only. A relative path starts at the working directory.
    /// Default <c>uncertain.db</c>.
    /// </summary>
    public string File { get; init; } = "uncertain.db";

    /// <summary>
    /// Largest size of the file in megabytes; 1 to 1000000, default 1024. When it is reached nothing more is kept until cases
    /// are removed: utterances are still answered and acknowledged, and a health warning says so.
    /// </summary>
    public int MaxMegabytes { get; init; } = 1024;
}
