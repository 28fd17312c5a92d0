using System.Net.Sockets;

namespace Microsoft.Extensions.Hosting.Systemd;

/// <summary>Sends to the datagram socket that NOTIFY_SOCKET names; '@' begins an abstract name (sd_notify(3)).</summary>
public class SystemdNotifier : ISystemdNotifier
{
    private readonly string? _socketPath;

    public SystemdNotifier()
    {
        var path = Environment.GetEnvironmentVariable("NOTIFY_SOCKET");
        if (!string.IsNullOrEmpty(path))
            _socketPath = path[0] == '@' ? '\0' + path[1..] : path;
    }

    public bool IsEnabled => _socketPath != null;

    public void Notify(ServiceState state)
    {
        if (_socketPath == null)
            return;
        // A new socket each time: systemd may have been restarted behind the same path.
        using var socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        socket.Connect(new UnixDomainSocketEndPoint(_socketPath));
        socket.Send(state.Data);
    }
}
