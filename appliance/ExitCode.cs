namespace Edge.Appliance;

/// <summary>Exit codes of <c>edge-appliance</c>.</summary>
internal static class ExitCode
{
    /// <summary>Done; after SIGTERM: drained and closed.</summary>
    public const int Done = 0;

    /// <summary>A check said no.</summary>
    public const int CheckFailed = 1;

    /// <summary>Bad usage, configuration or input, a missing or damaged bundle included.</summary>
    public const int BadInput = 2;

    /// <summary>Something of the environment is missing: a port, a folder, a library.</summary>
    public const int Environment = 3;

    /// <summary>Unexpected fault; systemd restarts the service.</summary>
    public const int Fault = 4;
}
