namespace Edge.Bundles.Links;

/// <summary>A change of the bundle that serves, as a line of <see cref="BundleHistory"/>.</summary>
public sealed record BundleChange
{
    /// <summary>Key of the change.</summary>
    public Guid Key { get; init; } = Guid.CreateVersion7();

    /// <summary>When.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Who asked for it.</summary>
    public required string Who { get; init; }

    /// <summary>What was asked for.</summary>
    public required BundleAction Action { get; init; }

    /// <summary>Folder of the bundle that served before; null where none did.</summary>
    public required string? From { get; init; }

    /// <summary>Folder of the bundle that serves since.</summary>
    public required string To { get; init; }

    /// <summary>Why, in the words of who asked.</summary>
    public required string Why { get; init; }
}
