using System.Text;

namespace Microsoft.Extensions.Hosting.Systemd;

/// <summary>An assignment of sd_notify(3): READY=1, STOPPING=1, or any other, WATCHDOG=1 and STATUS=... among them.</summary>
public struct ServiceState
{
    public static readonly ServiceState Ready = new("READY=1");
    public static readonly ServiceState Stopping = new("STOPPING=1");

    private readonly byte[]? _data;

    public ServiceState(string state)
    {
        ArgumentNullException.ThrowIfNull(state);
        _data = Encoding.UTF8.GetBytes(state);
    }

    public override readonly string ToString() => Encoding.UTF8.GetString(Data);

    internal readonly byte[] Data => _data ?? [];
}
