using System.Net;
using System.Net.Sockets;

namespace Edge.Appliance.Tests.Support;

/// <summary>Stands before a broker and passes on what both sides send, until one of them ends the connection.</summary>
internal abstract class BrokerProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly int _broker;
    private readonly Task _accepting;
    private volatile int _connections;

    protected BrokerProxy(int broker)
    {
        _broker = broker;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Connections so far; they are numbered from 1.</summary>
    protected int Connections => _connections;

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Stop();
        await _accepting;
        _end.Dispose();
    }

    /// <summary>Passes on what a client sends; ending ends the connection.</summary>
    protected virtual Task ToBrokerAsync(NetworkStream client, NetworkStream broker, CancellationToken cancellation) =>
        client.CopyToAsync(broker, cancellation);

    /// <summary>Passes on what the broker sends.</summary>
    protected virtual Task ToClientAsync(NetworkStream broker, NetworkStream client, int connection, CancellationToken cancellation) =>
        broker.CopyToAsync(client, cancellation);

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

    private async Task ServeAsync(TcpClient client, int connection)
    {
        using var here = client;
        using var there = new TcpClient();
        using var end = CancellationTokenSource.CreateLinkedTokenSource(_end.Token);
        try
        {
            await there.ConnectAsync(IPAddress.Loopback, _broker, end.Token);
            await await Task.WhenAny(
                ToBrokerAsync(here.GetStream(), there.GetStream(), end.Token),
                ToClientAsync(there.GetStream(), here.GetStream(), connection, end.Token));
        }
        catch (Exception failure) when (failure is OperationCanceledException or SocketException or IOException)
        {
            // One side is gone, and so is the other; or the test has ended.
        }
        await end.CancelAsync();
    }
}
