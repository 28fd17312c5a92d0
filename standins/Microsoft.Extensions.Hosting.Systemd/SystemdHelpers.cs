using System.Globalization;
using System.Runtime.InteropServices;

namespace Microsoft.Extensions.Hosting.Systemd;

/// <summary>Whether systemd started this process.</summary>
public static partial class SystemdHelpers
{
    private static readonly Lazy<bool> SystemdService = new(LookForSystemd);

    /// <summary>
    /// As up to .NET 10: the parent is called "systemd", or this is process 1 (a container) with NOTIFY_SOCKET or LISTEN_PID.
    /// A shell between systemd and the service, or ProtectProc=invisible, hides the parent.
    /// </summary>
    public static bool IsSystemdService() => SystemdService.Value;

    private static bool LookForSystemd()
    {
        if (Environment.OSVersion.Platform != PlatformID.Unix)
            return false;
        if (Environment.ProcessId == 1)
            return IsSet("NOTIFY_SOCKET") || IsSet("LISTEN_PID");
        try
        {
            var name = File.ReadAllBytes($"/proc/{GetParentProcessId().ToString(CultureInfo.InvariantCulture)}/comm");
            return name.AsSpan().SequenceEqual("systemd\n"u8);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // No /proc, or one that hides the parent: then nobody knows.
            return false;
        }
    }

    private static bool IsSet(string variable) => !string.IsNullOrEmpty(Environment.GetEnvironmentVariable(variable));

    [DllImport("libc", EntryPoint = "getppid")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int GetParentProcessId();
}
