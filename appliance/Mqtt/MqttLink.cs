using MQTTnet;
using MQTTnet.Protocol;

namespace Edge.Appliance.Mqtt;

/// <summary>
/// One connection to the broker, with a client of its own. A new connection gets a new client: an acknowledgement of an old
/// message must never reach a new connection, where its packet identifier may belong to another message.
/// </summary>
internal sealed class MqttLink : IDisposable
{
    private readonly CancellationTokenSource _closed = new();
    private int _disposed;

    /// <summary>Creates the link, not connected yet.</summary>
    public MqttLink(Func<MqttLink, MqttApplicationMessageReceivedEventArgs, Task> onMessage)
    {
        Client = new MqttClientFactory().CreateMqttClient();
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

    /// <summary>Cancelled when the connection is gone.</summary>
    public CancellationToken Closed { get; }

    /// <summary>Why it is gone.</summary>
    public string CloseReason { get; private set; } = "";

    /// <summary>Whether another client took the session over.</summary>
    public bool WasTakenOver { get; private set; }

    /// <summary>Publishes with QoS 1 and waits for the broker's acknowledgement.</summary>
    /// <exception cref="OperationCanceledException">The connection is gone, or the broker did not answer in time.</exception>
    public async Task<MqttClientPublishResult> PublishAsync(MqttApplicationMessage message, TimeSpan timeout)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Closed);
        limit.CancelAfter(timeout);
        return await Client.PublishAsync(message, limit.Token);
    }

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

    private void Close(string reason, MqttClientDisconnectReason? cause)
    {
        if (Closed.IsCancellationRequested)
            return;
        CloseReason = reason;
        WasTakenOver = cause == MqttClientDisconnectReason.SessionTakenOver;
        _closed.Cancel();
    }
}
