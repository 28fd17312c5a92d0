using System.Net.Sockets;
using System.Text;

namespace Edge.Standins.Tests.Systemd;

/// <summary>The other end of NOTIFY_SOCKET.</summary>
internal sealed class NotifySocket : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
    private readonly string? _file;

    private NotifySocket(string address, string bindTo, string? file)
    {
        Address = address;
        _file = file;
        _socket.Bind(new UnixDomainSocketEndPoint(bindTo));
    }

    /// <summary>As systemd puts it into NOTIFY_SOCKET.</summary>
    public string Address { get; }

    public static NotifySocket InFolder(string folder)
    {
        var file = Path.Combine(folder, "notify");
        return new NotifySocket(file, file, file);
    }

    public static NotifySocket Abstract()
    {
        var name = $"edge-notify-{Guid.NewGuid():N}";
        return new NotifySocket("@" + name, "\0" + name, null);
    }

    public async Task<string> ReceiveAsync(CancellationToken token)
    {
        var buffer = new byte[4096];
        var count = await _socket.ReceiveAsync(buffer, token);
        return Encoding.UTF8.GetString(buffer, 0, count);
    }

    public void Dispose()
    {
        _socket.Dispose();
        if (_file != null)
            File.Delete(_file);
    }
}
