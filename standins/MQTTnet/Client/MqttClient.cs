#nullable disable
using MQTTnet.Client;
using MQTTnet.Diagnostics.Logger;
using MQTTnet.Exceptions;
using MQTTnet.Packets;

namespace MQTTnet;

/// <summary>
/// The client's life: Disconnected, Connecting, Connected, Disconnecting, and again. Whoever moves the status to Disconnecting
/// first ends the connection; everybody else finds it done.
/// </summary>
public sealed partial class MqttClient : IMqttClient
{
    private readonly HandlerList<MqttApplicationMessageReceivedEventArgs> _messageReceived = new();
    private readonly HandlerList<MqttClientConnectedEventArgs> _connected = new();
    private readonly HandlerList<MqttClientConnectingEventArgs> _connecting = new();
    private readonly HandlerList<MqttClientDisconnectedEventArgs> _disconnected = new();
    private readonly IMqttNetLogger _logger;

    private volatile MqttConnection _connection;
    private int _status = Status.Disconnected;
    private volatile bool _disposed;

    // What DisconnectedAsync reports. Kept until something else is known, over reconnections too, as in the real package.
    private MqttClientDisconnectReason _reason;
    private string _reasonString;
    private List<MqttUserProperty> _reasonProperties;

    internal MqttClient(IMqttNetLogger logger)
    {
        _logger = logger;
    }

    public event Func<MqttApplicationMessageReceivedEventArgs, Task> ApplicationMessageReceivedAsync
    {
        add => _messageReceived.Add(value);
        remove => _messageReceived.Remove(value);
    }

    public event Func<MqttClientConnectedEventArgs, Task> ConnectedAsync
    {
        add => _connected.Add(value);
        remove => _connected.Remove(value);
    }

    public event Func<MqttClientConnectingEventArgs, Task> ConnectingAsync
    {
        add => _connecting.Add(value);
        remove => _connecting.Remove(value);
    }

    public event Func<MqttClientDisconnectedEventArgs, Task> DisconnectedAsync
    {
        add => _disconnected.Add(value);
        remove => _disconnected.Remove(value);
    }

    public bool IsConnected => Volatile.Read(ref _status) == Status.Connected;

    public MqttClientOptions Options { get; private set; }

    public async Task<MqttClientConnectResult> ConnectAsync(MqttClientOptions options, CancellationToken cancellationToken = default)
    {
        ThrowIfInvalid(options);
        if (IsConnected)
            throw new InvalidOperationException("It is not allowed to connect with a server after the connection is established.");
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (Interlocked.CompareExchange(ref _status, Status.Connecting, Status.Disconnected) != Status.Disconnected)
            throw new InvalidOperationException("Not allowed to connect while connect/disconnect is pending.");

        MqttClientConnectResult result = null;
        try
        {
            Options = options;
            await _connecting.InvokeAsync(new MqttClientConnectingEventArgs(options)).ConfigureAwait(false);
            result = await WithTimeout(token => OpenAsync(options, token), cancellationToken).ConfigureAwait(false);
            if (result.ResultCode != MqttClientConnectResultCode.Success)
            {
                Log(MqttNetLogLevel.Warning, $"Connecting failed: {result.ResultCode}", null);
                await EndAsync(null, result).ConfigureAwait(false);
                return result;
            }

            StartLoops(_connection, options, result);
            Interlocked.CompareExchange(ref _status, Status.Connected, Status.Connecting);
            await _connected.InvokeAsync(new MqttClientConnectedEventArgs(result)).ConfigureAwait(false);
            return result;
        }
        catch (Exception exception)
        {
            _reason = MqttClientDisconnectReason.UnspecifiedError;
            Log(MqttNetLogLevel.Error, "Error while connecting with server", exception);
            await EndAsync(exception, result).ConfigureAwait(false);
            throw;
        }
    }

    public async Task DisconnectAsync(MqttClientDisconnectOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        ObjectDisposedException.ThrowIf(_disposed, this);
        var wasConnected = IsConnected;
        if (!TryBeginDisconnecting())
            return;
        try
        {
            if (!wasConnected)
                throw new MqttClientNotConnectedException();
            _reason = (MqttClientDisconnectReason)options.Reason;
            await WithTimeout(token => SendDisconnectAsync(_connection, options, token), cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            await FinishDisconnectingAsync(null, null, wasConnected).ConfigureAwait(false);
        }
    }

    /// <summary>Ends a connection without DISCONNECT, so that the server publishes the will. DisconnectedAsync is not raised.</summary>
    public void Dispose()
    {
        if (_disposed)
            return;
        _disposed = true;
        _connection?.Dispose();
        _connection = null;
    }

    /// <summary>Ends the connection, if nobody else is at it, because of what happened to it.</summary>
    private async Task EndAsync(Exception exception, MqttClientConnectResult result)
    {
        var wasConnected = IsConnected;
        if (TryBeginDisconnecting())
            await FinishDisconnectingAsync(exception, result, wasConnected).ConfigureAwait(false);
    }

    private bool TryBeginDisconnecting()
    {
        var status = Volatile.Read(ref _status);
        while (status is Status.Connected or Status.Connecting)
        {
            var found = Interlocked.CompareExchange(ref _status, Status.Disconnecting, status);
            if (found == status)
                return true;
            status = found;
        }
        return false;
    }

    private async Task FinishDisconnectingAsync(Exception exception, MqttClientConnectResult result, bool wasConnected)
    {
        if (_connection is { } connection)
        {
            connection.Close(new MqttClientDisconnectedException(exception));
            await WaitForLoopsAsync(connection).ConfigureAwait(false);
        }
        _connection = null;
        Volatile.Write(ref _status, Status.Disconnected);

        var args = new MqttClientDisconnectedEventArgs(wasConnected, result, _reason, _reasonString, _reasonProperties, exception);
        // On a task of its own: a handler may connect again, which must not wait for this call to end.
        _ = Task.Run(async () =>
        {
            try
            {
                await _disconnected.InvokeAsync(args).ConfigureAwait(false);
            }
            catch (Exception handlerException)
            {
                Log(MqttNetLogLevel.Error, "A DisconnectedAsync handler failed", handlerException);
            }
        });
    }

    /// <summary>A call whose token cannot be cancelled gets the options' timeout.</summary>
    private async Task<T> WithTimeout<T>(Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken)
    {
        if (cancellationToken.CanBeCanceled)
            return await call(cancellationToken).ConfigureAwait(false);
        using var timeout = new CancellationTokenSource(Options.Timeout);
        return await call(timeout.Token).ConfigureAwait(false);
    }

    private static void ThrowIfInvalid(MqttClientOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.ChannelOptions == null)
            throw new ArgumentException("ChannelOptions are not set.");
        MqttClientOptionsValidator.ThrowIfNotSupported(options);
    }

    private void Log(MqttNetLogLevel level, string message, Exception exception)
    {
        if (_logger.IsEnabled)
            _logger.Publish(level, nameof(MqttClient), message, null, exception);
    }

    private static class Status
    {
        public const int Disconnected = 0;
        public const int Disconnecting = 1;
        public const int Connected = 2;
        public const int Connecting = 3;
    }
}
