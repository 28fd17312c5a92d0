using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Edge.Appliance.Tests.Support;

/// <summary>
/// Stands before a broker and ends the connection of a client that sends a certain text, as brokers do for reasons of their own.
/// </summary>
internal sealed class CuttingProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly byte[] _text;
    private readonly int _broker;
    private readonly Task _accepting;
    private int _cuts;

    public CuttingProxy(int broker, string text)
    {
        (_broker, _text) = (broker, Encoding.UTF8.GetBytes(text));
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public int Cuts => Volatile.Read(ref _cuts);

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Stop();
        await _accepting;
        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        var connections = new List<Task>();
        try
        {
            while (true)
                connections.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_end.Token)));
        }
        catch (Exception failure) when (failure is OperationCanceledException or SocketException)
        {
            await Task.WhenAll(connections);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var here = client;
        using var there = new TcpClient();
        using var end = CancellationTokenSource.CreateLinkedTokenSource(_end.Token);
        try
        {
            await there.ConnectAsync(IPAddress.Loopback, _broker, end.Token);
            await Task.WhenAny(
                CopyAsync(here.GetStream(), there.GetStream(), cuts: true, end.Token),
                CopyAsync(there.GetStream(), here.GetStream(), cuts: false, end.Token));
        }
        catch (Exception failure) when (failure is OperationCanceledException or SocketException)
        {
            // The broker is not there, or the test has ended.
        }
        await end.CancelAsync();
    }

    private async Task CopyAsync(NetworkStream from, NetworkStream to, bool cuts, CancellationToken cancellation)
    {
        var buffer = new byte[64 * 1024];
        try
        {
            while (await from.ReadAsync(buffer, cancellation) is > 0 and var read)
            {
                if (cuts && buffer.AsSpan(0, read).IndexOf(_text) >= 0)
                {
                    Interlocked.Increment(ref _cuts);
                    return;
                }
                await to.WriteAsync(buffer.AsMemory(0, read), cancellation);
            }
        }
        catch (Exception failure) when (failure is OperationCanceledException or IOException)
        {
            // One side is gone: so is the other.
        }
    }
}
