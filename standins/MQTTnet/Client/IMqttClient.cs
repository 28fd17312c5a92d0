#nullable disable
namespace MQTTnet;

/// <summary>
/// An MQTT 5 client. Publish, Subscribe, Unsubscribe and Ping may be called from several threads at once; Connect and Disconnect may not.
/// It never reconnects and never sends anything again by itself.
/// </summary>
public interface IMqttClient : IDisposable
{
    /// <summary>One message at a time, in the order of arrival; the next one waits until all handlers have returned.</summary>
    event Func<MqttApplicationMessageReceivedEventArgs, Task> ApplicationMessageReceivedAsync;

    /// <summary>Awaited inside ConnectAsync: the right place to subscribe.</summary>
    event Func<MqttClientConnectedEventArgs, Task> ConnectedAsync;

    event Func<MqttClientConnectingEventArgs, Task> ConnectingAsync;

    /// <summary>Runs on a task of its own, after failed attempts to connect too: the right place to connect again.</summary>
    event Func<MqttClientDisconnectedEventArgs, Task> DisconnectedAsync;

    bool IsConnected { get; }

    MqttClientOptions Options { get; }

    Task<MqttClientConnectResult> ConnectAsync(MqttClientOptions options, CancellationToken cancellationToken = default);

    Task DisconnectAsync(MqttClientDisconnectOptions options, CancellationToken cancellationToken = default);

    Task PingAsync(CancellationToken cancellationToken = default);

    Task<MqttClientPublishResult> PublishAsync(MqttApplicationMessage applicationMessage, CancellationToken cancellationToken = default);

    Task<MqttClientSubscribeResult> SubscribeAsync(MqttClientSubscribeOptions options, CancellationToken cancellationToken = default);

    Task<MqttClientUnsubscribeResult> UnsubscribeAsync(MqttClientUnsubscribeOptions options, CancellationToken cancellationToken = default);
}
