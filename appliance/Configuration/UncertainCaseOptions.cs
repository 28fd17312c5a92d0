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

    /// <summary>
    /// Longest time that a message stays unacknowledged until its uncertain case is on disk; 100 ms to 5 min, default 2 s. Its answer is
    /// out before. When the store takes longer, messages are acknowledged at once and their cases wait in memory: who kills the service
    /// then loses them.
    /// </summary>
    public TimeSpan StoreTimeout { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// Memory for uncertain cases that wait for the store, in megabytes; 1 to 10000, default 64: about 15000 cases. Beyond it cases are
    /// dropped, counted and warned of, and the answers go on.
    /// </summary>
    public int WaitingMegabytes { get; init; } = 64;
}
