using System.Collections.Concurrent;
using MQTTnet;
using MQTTnet.Diagnostics.Logger;
using MQTTnet.Protocol;

namespace Edge.Appliance.Mqtt;

/// <summary>
/// One connection to the broker, with a client of its own. A new connection gets a new client: an acknowledgement of an old
/// message must never reach a new connection, where its packet identifier may belong to another message.
/// </summary>
internal sealed class MqttLink : IDisposable
{
    /// <summary>
    /// Largest message that is taken, in bytes of the packet without its fixed header: an utterance with context at the longest allowed
    /// texts is below it.
    /// </summary>
    public const int LargestMessage = 128 * 1024;

    private readonly ConcurrentDictionary<ushort, long> _cut = new();
    private readonly Lock _lock = new();
    private long _received;
    private long _finished;
    private TaskCompletionSource? _whenFinished;
    private readonly CancellationTokenSource _closed = new();
    private int _disposed;

    /// <summary>Creates the link, not connected yet.</summary>
    /// <param name="onMessage">Gets what comes, one at a time.</param>
    /// <param name="onDropped">A QoS 0 message was too large and is gone.</param>
    public MqttLink(Func<MqttLink, MqttApplicationMessageReceivedEventArgs, Task> onMessage, Action onDropped)
    {
        var adapters = new LimitedAdapterFactory(LargestMessage, CountReceived, (identifier, length) =>
        {
            if (identifier == 0)
                onDropped();
            else
                _cut[identifier] = length;
        });
        Client = new MqttClientFactory(new MqttNetNullLogger(), adapters).CreateMqttClient();
        Closed = _closed.Token;
        Client.ApplicationMessageReceivedAsync += args => onMessage(this, args);
        Client.DisconnectedAsync += args =>
        {
            Close(args.Exception?.GetBaseException().Message ?? $"{args.Reason} {args.ReasonString}".TrimEnd(), args.Reason);
            return Task.CompletedTask;
        };
    }

    /// <summary>The client.</summary>
    public IMqttClient Client { get; }

    /// <summary>Largest packet that the broker takes, in bytes.</summary>
    public uint LargestPacket { get; set; } = uint.MaxValue;

    /// <summary>Whether the broker had kept a session for this client.</summary>
    public bool IsSessionPresent { get; set; }

    /// <summary>Whether a status of our own came back, so that we would notice if nothing came any more.</summary>
    public bool HearsItself { get; set; }

    /// <summary>Messages read from the connection so far, those that wait for their turn included.</summary>
    public long Received => Interlocked.Read(ref _received);

    /// <summary>Whether every one of them is answered and acknowledged.</summary>
    public bool IsFinished => Interlocked.Read(ref _finished) == Received;

    /// <summary>Cancelled when the connection is gone.</summary>
    public CancellationToken Closed { get; }

    /// <summary>Why it is gone.</summary>
    public string CloseReason { get; private set; } = "";

    /// <summary>Whether another client took the session over.</summary>
    public bool WasTakenOver { get; private set; }

    /// <summary>One of the messages is answered and acknowledged, or needs neither.</summary>
    public void Finish()
    {
        lock (_lock)
        {
            Interlocked.Increment(ref _finished);
            if (IsFinished)
                _whenFinished?.TrySetResult();
        }
    }

    /// <summary>Ends when every message that was read is answered and acknowledged.</summary>
    public Task WhenFinishedAsync()
    {
        lock (_lock)
        {
            if (IsFinished)
                return Task.CompletedTask;
            if (_whenFinished is null or { Task.IsCompleted: true })
                _whenFinished = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _whenFinished.Task;
        }
    }

    /// <summary>Publishes with QoS 1 and waits for the broker's acknowledgement.</summary>
    /// <exception cref="OperationCanceledException">The connection is gone, or the broker did not answer in time.</exception>
    public async Task<MqttClientPublishResult> PublishAsync(MqttApplicationMessage message, TimeSpan timeout)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Closed);
        limit.CancelAfter(timeout);
        return await Client.PublishAsync(message, limit.Token);
    }

    /// <summary>Whether a message came without its payload, because it was larger than <see cref="LargestMessage"/>.</summary>
    /// <param name="identifier">Its packet identifier.</param>
    /// <param name="length">Bytes that it had.</param>
    public bool TryTakeCut(ushort identifier, out long length) => _cut.TryRemove(identifier, out length);

    /// <summary>A message for <see cref="PublishAsync"/>.</summary>
    public static MqttApplicationMessageBuilder Message(string topic, byte[] payload) => new MqttApplicationMessageBuilder()
        .WithTopic(topic)
        .WithPayload(payload)
        .WithContentType("application/json")
        .WithPayloadFormatIndicator(MqttPayloadFormatIndicator.CharacterData)
        .WithQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce);

    /// <summary>Gives the connection up: the broker delivers again what is not acknowledged, in the next one.</summary>
    public void Close(string reason) => Close(reason, null);

    /// <inheritdoc/>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
            return;
        Close("closed");
        Client.Dispose();
        // _closed is not disposed: messages of this connection may still look at it, and it holds no timer.
    }

    private void CountReceived()
    {
        lock (_lock)
            Interlocked.Increment(ref _received);
    }

    private void Close(string reason, MqttClientDisconnectReason? cause)
    {
        if (Closed.IsCancellationRequested)
            return;
        CloseReason = reason;
        WasTakenOver = cause == MqttClientDisconnectReason.SessionTakenOver;
        _closed.Cancel();
    }
}
