namespace Edge.Bench.Machine;

/// <summary>One setting of mosquitto.</summary>
internal sealed record MosquittoFinding
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Its value.</summary>
    public required string Found { get; init; }

    /// <summary>What the appliance needs.</summary>
    public required string Wanted { get; init; }

    /// <summary>Whether it is so.</summary>
    public required bool IsRight { get; init; }

    /// <summary>What to do where it is not, and why.</summary>
    public required string Remedy { get; init; }
}
