using System.Buffers;
using System.Net.Sockets;
using System.Threading.Channels;
using MQTTnet.Exceptions;
using MQTTnet.Wire;

namespace MQTTnet.Client;

/// <summary>
/// One connection from CONNECT to its end: the stream, one writer at a time, the calls that wait for replies,
/// the messages that wait for handlers. It is never used again after it has ended.
/// </summary>
internal sealed class MqttConnection(Stream stream, MqttClientOptions options) : IDisposable
{
    // Up to here header and payload travel in one write, so in one TCP segment where they fit.
    private const int JoinUpTo = 64 * 1024;

    private readonly PacketStreamReader _reader = new(stream, options.MaximumPacketSize);
    private readonly SemaphoreSlim _writing = new(1, 1);
    private readonly CancellationTokenSource _ended = new();
    private long _lastSent = Environment.TickCount64;

    public PendingReplies Replies { get; } = new();

    /// <summary>Unbounded, as in the real package: the receive maximum bounds it for QoS 1 and 2.</summary>
    public Channel<PublishPacket> Messages { get; } =
        Channel.CreateUnbounded<PublishPacket>(new() { SingleReader = true, SingleWriter = true });

    /// <summary>Cancelled when the connection ends, for whatever reason.</summary>
    public CancellationToken Ended => _ended.Token;

    public TimeSpan SinceLastSent => TimeSpan.FromMilliseconds(Environment.TickCount64 - Volatile.Read(ref _lastSent));

    public Task ReceiveLoop { get; set; } = Task.CompletedTask;

    public Task HandlerLoop { get; set; } = Task.CompletedTask;

    public Task KeepAliveLoop { get; set; } = Task.CompletedTask;

    /// <summary>Null when the connection has ended, quietly or by a socket error.</summary>
    public async ValueTask<RawPacket?> ReceiveAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await _reader.ReadAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is OperationCanceledException or ObjectDisposedException or SocketException
            or IOException { InnerException: SocketException })
        {
            return null;
        }
        catch (IOException exception)
        {
            throw new MqttCommunicationException(exception);
        }
    }

    public Task SendAsync(ReadOnlyMemory<byte> packet, CancellationToken cancellationToken) =>
        SendAsync(packet, ReadOnlySequence<byte>.Empty, cancellationToken);

    /// <summary>
    /// Sends a packet whole or not at all. A caller's token ends the wait for the turn and the wait for the peer, but a packet
    /// that was begun is finished behind the caller's back: half a packet would make nonsense of all that follows.
    /// </summary>
    public async Task SendAsync(ReadOnlyMemory<byte> packet, ReadOnlySequence<byte> payload, CancellationToken cancellationToken)
    {
        await _writing.WaitAsync(cancellationToken).ConfigureAwait(false);
        var write = WriteAndReleaseAsync(packet, payload);
        try
        {
            await write.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!write.IsCompleted)
        {
            _ = write.ContinueWith(t => t.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
            throw;
        }
    }

    /// <summary>Section 3.12.</summary>
    public Task<RawPacket> PingAsync(CancellationToken cancellationToken) =>
        RequestAsync(PacketType.PingResp, 0, PacketEncoder.PingReq, cancellationToken);

    public Task<RawPacket> RequestAsync(
        PacketType reply, ushort identifier, ReadOnlyMemory<byte> packet, CancellationToken cancellationToken) =>
        RequestAsync(reply, identifier, packet, ReadOnlySequence<byte>.Empty, cancellationToken);

    /// <summary>
    /// Sends and waits for the reply. A token that ends the wait makes a MqttCommunicationTimedOutException, as in the real package.
    /// </summary>
    public async Task<RawPacket> RequestAsync(
        PacketType reply,
        ushort identifier,
        ReadOnlyMemory<byte> packet,
        ReadOnlySequence<byte> payload,
        CancellationToken cancellationToken)
    {
        var waiting = Replies.Expect(reply, identifier);
        try
        {
            await SendAsync(packet, payload, cancellationToken).ConfigureAwait(false);
            return await waiting.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException exception) when (!waiting.IsCompleted)
        {
            throw new MqttCommunicationTimedOutException(exception);
        }
        finally
        {
            Replies.Forget(reply, identifier);
        }
    }

    /// <summary>Ends the connection for everybody; calling it again changes nothing.</summary>
    public void Close(Exception reason)
    {
        Replies.Close(reason);
        Messages.Writer.TryComplete();
        _ended.Cancel();
        stream.Dispose();
    }

    public void Dispose() => Close(new ObjectDisposedException(nameof(MqttClient)));

    private async Task WriteAndReleaseAsync(ReadOnlyMemory<byte> packet, ReadOnlySequence<byte> payload)
    {
        try
        {
            Volatile.Write(ref _lastSent, Environment.TickCount64);
            if (payload.Length > 0 && packet.Length + payload.Length <= JoinUpTo)
            {
                var joined = new byte[packet.Length + payload.Length];
                packet.CopyTo(joined);
                payload.CopyTo(joined.AsSpan(packet.Length));
                await stream.WriteAsync(joined, Ended).ConfigureAwait(false);
                return;
            }
            await stream.WriteAsync(packet, Ended).ConfigureAwait(false);
            foreach (var segment in payload)
                await stream.WriteAsync(segment, Ended).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is ObjectDisposedException or OperationCanceledException)
        {
            throw new MqttCommunicationException("The connection is closed.", exception);
        }
        catch (IOException exception)
        {
            throw new MqttCommunicationException(exception.InnerException as SocketException ?? (Exception)exception);
        }
        finally
        {
            _writing.Release();
        }
    }
}
