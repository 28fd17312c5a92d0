namespace Edge.Bundles.Common;

/// <summary>What every program of the product exits with.</summary>
public static class ExitCode
{
    /// <summary>Done; a service that was asked to end: drained and closed.</summary>
    public const int Done = 0;

    /// <summary>A check or gate said no.</summary>
    public const int Refused = 1;

    /// <summary>Bad usage, configuration or input, a missing or damaged bundle included.</summary>
    public const int BadInput = 2;

    /// <summary>Something of this machine is missing: a port, a folder, a library.</summary>
    public const int Environment = 3;

    /// <summary>Unexpected fault; systemd restarts a service.</summary>
    public const int Fault = 4;

    /// <summary>Ended by Ctrl-C: 128 and the number of SIGINT, as shells have it.</summary>
    public const int Cancelled = 130;
}
