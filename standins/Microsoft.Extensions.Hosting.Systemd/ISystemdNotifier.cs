namespace Microsoft.Extensions.Hosting.Systemd;

/// <summary>Tells systemd about the service (sd_notify(3)).</summary>
public interface ISystemdNotifier
{
    /// <summary>One datagram. Throws SocketException when the socket is gone; does nothing unless <see cref="IsEnabled"/>.</summary>
    void Notify(ServiceState state);

    /// <summary>NOTIFY_SOCKET is set.</summary>
    bool IsEnabled { get; }
}
