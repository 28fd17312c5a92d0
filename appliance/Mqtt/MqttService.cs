using Edge.Appliance.Configuration;
using Edge.Appliance.Health;

namespace Edge.Appliance.Mqtt;

/// <summary>Keeps a connection to the broker, and on a stop finishes what is in flight before it leaves.</summary>
internal sealed partial class MqttService(
    ApplianceOptions options, MqttConnector connector, MessageHandler handler, HealthState health,
    IHostApplicationLifetime lifetime, TimeProvider time, ILogger<MqttService> logger)
    : BackgroundService
{
    // A connection that lasted this long counts as one: the next attempt comes quickly again.
    private static readonly TimeSpan Stable = TimeSpan.FromSeconds(5);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!await StartedAsync(stoppingToken))
            return;
        var delay = new ReconnectDelay(options.Mqtt.ReconnectDelayMax, Random.Shared);
        while (!stoppingToken.IsCancellationRequested)
        {
            using var link = await connector.TryConnectAsync(handler.TakeAsync, stoppingToken);
            if (link is not null)
                await ServeAsync(link, delay, stoppingToken);
            if (!stoppingToken.IsCancellationRequested)
                await PauseAsync(delay.Next(), stoppingToken);
        }
    }

    // The HTTP endpoint starts last; if its port is taken, nothing shall have been taken from the broker.
    private async Task<bool> StartedAsync(CancellationToken stoppingToken)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var onStarted = lifetime.ApplicationStarted.Register(() => started.TrySetResult());
        using var onStopping = stoppingToken.Register(() => started.TrySetCanceled(stoppingToken));
        await started.Task.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return started.Task.IsCompletedSuccessfully;
    }

    private async Task ServeAsync(MqttLink link, ReconnectDelay delay, CancellationToken stoppingToken)
    {
        var connected = time.GetTimestamp();
        var ended = Task.WhenAny(handler.Fault, Signal(link.Closed), Signal(stoppingToken));
        await await ended;
        if (stoppingToken.IsCancellationRequested && !link.Closed.IsCancellationRequested)
        {
            await DrainAsync(link);
            return;
        }
        health.BrokerProblem = $"connection lost ({link.CloseReason}); reconnecting";
        Log.ConnectionLost(logger, link.CloseReason);
        if (link.WasTakenOver)
        {
            health.Warn("client-id-shared", HealthSeverity.Error, "another client connected with this appliance's client id",
                "give every appliance an own Mqtt:ClientId");
        }
        if (time.GetElapsedTime(connected) >= Stable)
            delay.Reset();
    }

    // Not unsubscribed: the session would forget what is published while we are away.
    private async Task DrainAsync(MqttLink link)
    {
        var drained = handler.StopTaking();
        Log.Draining(logger, handler.InFlight);
        using var limit = new CancellationTokenSource(options.DrainTimeout, time);
        await Task.WhenAny(drained, Signal(link.Closed), Signal(limit.Token));
        if (drained.IsCompleted)
            Log.Drained(logger);
        else
            Log.NotDrained(logger, handler.InFlight);
        await connector.LeaveAsync(link);
    }

    private async Task PauseAsync(TimeSpan delay, CancellationToken stoppingToken)
    {
        Log.Retrying(logger, delay.TotalMilliseconds);
        await Task.Delay(delay, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private static Task Signal(CancellationToken token)
    {
        var signal = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        token.Register(signal.SetResult);
        return signal.Task;
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Connection to the broker lost: {Reason}")]
        public static partial void ConnectionLost(ILogger logger, string reason);

        [LoggerMessage(2, LogLevel.Debug, "Next attempt to connect in {DelayMs:0} ms")]
        public static partial void Retrying(ILogger logger, double delayMs);

        [LoggerMessage(3, LogLevel.Information, "Stopping: {Count} messages in flight")]
        public static partial void Draining(ILogger logger, int count);

        [LoggerMessage(4, LogLevel.Information, "Drained: every message that was taken is answered and acknowledged")]
        public static partial void Drained(ILogger logger);

        [LoggerMessage(5, LogLevel.Warning, "{Count} messages are not finished; the broker delivers them again")]
        public static partial void NotDrained(ILogger logger, int count);
    }
}
