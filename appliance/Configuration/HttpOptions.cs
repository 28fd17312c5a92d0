namespace Edge.Appliance.Configuration;

/// <summary>The HTTP endpoint.</summary>
internal sealed record HttpOptions
{
    /// <summary>IP address to listen on; default 127.0.0.1. Others than loopback need <see cref="AllowNonLoopback"/>.</summary>
    public string Address { get; init; } = "127.0.0.1";

    /// <summary>Port; 0 to 65535, default 8090. 0 takes a free one and logs it.</summary>
    public int Port { get; init; } = 8090;

    /// <summary>
    /// Whether <see cref="Address"/> may be reached from other machines; default false. The endpoint has neither
    /// encryption nor log-in: set this only behind something that has.
    /// </summary>
    public bool AllowNonLoopback { get; init; }

    /// <summary>Largest request body in bytes; 1024 to 1048576, default 65536. A larger one gets status 413.</summary>
    public int MaxBodyBytes { get; init; } = 65_536;
}
