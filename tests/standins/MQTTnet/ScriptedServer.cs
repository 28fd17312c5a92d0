using System.Net;
using System.Net.Sockets;
using MQTTnet;

namespace Edge.Standins.Tests.Mqtt;

/// <summary>A server that says exactly what a test tells it to, byte by byte: for what no honest broker sends.</summary>
internal sealed class ScriptedServer : IDisposable
{
    public static readonly byte[] Accepted = [0x20, 0x03, 0x00, 0x00, 0x00];

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private TcpClient? _peer;

    public ScriptedServer()
    {
        _listener.Start();
    }

    public MqttClientOptionsBuilder Options =>
        new MqttClientOptionsBuilder().WithTcpServer("127.0.0.1", ((IPEndPoint)_listener.LocalEndpoint).Port).WithNoKeepAlive();

    /// <summary>Takes the connection, reads CONNECT and answers it with these bytes.</summary>
    public async Task AcceptAsync(byte[] answer, CancellationToken token)
    {
        _peer?.Dispose();
        _peer = await _listener.AcceptTcpClientAsync(token);
        _peer.NoDelay = true;
        Assert.Equal(0x10, (await ReadPacketAsync(token))[0]);
        await SendAsync(answer, token);
    }

    /// <summary>Accepts and connects: the client is connected when this returns.</summary>
    public async Task ConnectAsync(IMqttClient client, MqttClientOptions options, CancellationToken token)
    {
        var accepting = AcceptAsync(Accepted, token);
        Assert.Equal(MqttClientConnectResultCode.Success, (await client.ConnectAsync(options, token)).ResultCode);
        await accepting;
    }

    public Task SendAsync(byte[] bytes, CancellationToken token) => Stream.WriteAsync(bytes, token).AsTask();

    public async Task SendByteByByteAsync(byte[] bytes, CancellationToken token)
    {
        foreach (var value in bytes)
        {
            await Stream.WriteAsync(new[] { value }, token);
            await Stream.FlushAsync(token);
        }
    }

    /// <summary>One whole packet, fixed header included.</summary>
    public async Task<byte[]> ReadPacketAsync(CancellationToken token)
    {
        var packet = new List<byte> { await ReadByteAsync(token) };
        int length = 0, shift = 0;
        do
        {
            packet.Add(await ReadByteAsync(token));
            length |= (packet[^1] & 127) << shift;
            shift += 7;
        }
        while (packet[^1] >= 128);
        var body = new byte[length];
        await Stream.ReadExactlyAsync(body, token);
        packet.AddRange(body);
        return [.. packet];
    }

    /// <summary>The end of the stream, or the reset that stands for it.</summary>
    public async Task WaitForCloseAsync(CancellationToken token)
    {
        try
        {
            var buffer = new byte[4096];
            while (await Stream.ReadAsync(buffer, token) > 0)
            {
            }
        }
        catch (IOException)
        {
        }
    }

    public void ClosePeer() => _peer?.Dispose();

    public void Dispose()
    {
        _peer?.Dispose();
        _listener.Dispose();
    }

    private NetworkStream Stream => _peer?.GetStream() ?? throw new InvalidOperationException("Nobody is connected.");

    private async Task<byte> ReadByteAsync(CancellationToken token)
    {
        var one = new byte[1];
        await Stream.ReadExactlyAsync(one, token);
        return one[0];
    }
}
