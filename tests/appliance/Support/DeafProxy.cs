using System.Net;
using System.Net.Sockets;

namespace Edge.Appliance.Tests.Support;

/// <summary>
/// Stands before a broker and, when it is told to, keeps back every message that it delivers, while it answers pings and
/// acknowledges: like a broker whose receive window has closed. Later connections are whole.
/// </summary>
internal sealed class DeafProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly int _broker;
    private readonly Task _accepting;
    private volatile int _connections;
    private volatile int _deafUpTo;

    public DeafProxy(int broker)
    {
        _broker = broker;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public void Deafen() => _deafUpTo = _connections;

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Stop();
        await _accepting;
        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        var serving = new List<Task>();
        try
        {
            while (true)
                serving.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_end.Token), ++_connections));
        }
        catch (Exception failure) when (failure is OperationCanceledException or SocketException)
        {
            await Task.WhenAll(serving);
        }
    }

    private async Task ServeAsync(TcpClient client, int number)
    {
        using var here = client;
        using var there = new TcpClient();
        using var end = CancellationTokenSource.CreateLinkedTokenSource(_end.Token);
        try
        {
            await there.ConnectAsync(IPAddress.Loopback, _broker, end.Token);
            await await Task.WhenAny(
                here.GetStream().CopyToAsync(there.GetStream(), end.Token),
                DeliverAsync(there.GetStream(), here.GetStream(), number, end.Token));
        }
        catch (Exception failure) when (failure is OperationCanceledException or SocketException or IOException)
        {
            // One side is gone: so is the other.
        }
        await end.CancelAsync();
    }

    private async Task DeliverAsync(NetworkStream from, NetworkStream to, int number, CancellationToken cancellation)
    {
        while (true)
        {
            var packet = new List<byte>();
            do
            {
                packet.Add(await ByteAsync(from, cancellation));
            }
            while (packet.Count == 1 || (packet[^1] & 0x80) != 0);
            var body = new byte[packet.Skip(1).Select((digit, i) => (digit & 0x7F) << (7 * i)).Sum()];
            await from.ReadExactlyAsync(body, cancellation);
            if (packet[0] >> 4 != 3 || number > _deafUpTo)
                await to.WriteAsync((byte[])[.. packet, .. body], cancellation);
        }
    }

    private static async Task<byte> ByteAsync(NetworkStream from, CancellationToken cancellation)
    {
        var one = new byte[1];
        await from.ReadExactlyAsync(one, cancellation);
        return one[0];
    }
}
