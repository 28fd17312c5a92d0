using Edge.Appliance.Analysis;
using Edge.Appliance.Configuration;

namespace Edge.Appliance.Mqtt;

/// <summary>Keeps a connection to the broker, and on a stop finishes what is in flight before it leaves.</summary>
internal sealed partial class MqttService(
    ApplianceOptions options, MqttConnector connector, MessageHandler handler, ConnectionWatch watch, Farewell farewell,
    BundleInService inService, IHostApplicationLifetime lifetime, ILogger<MqttService> logger)
    : BackgroundService
{
    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!await StartedAsync(stoppingToken))
            return;
        var delay = new ReconnectDelay(options.Mqtt.ReconnectDelayMax, Random.Shared);
        while (!stoppingToken.IsCancellationRequested)
        {
            var changed = inService.Changed;
            using var link = await connector.TryConnectAsync(handler.TakeAsync, stoppingToken);
            if (link is null)
                watch.Failed();
            else
                await ServeAsync(link, changed, delay, stoppingToken);
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

    private async Task ServeAsync(MqttLink link, Task changed, ReconnectDelay delay, CancellationToken stoppingToken)
    {
        var watching = watch.WatchAsync(link);
        Task[] ends = [handler.Fault, Signal(link.Closed), Signal(stoppingToken)];
        while (await Task.WhenAny([.. ends, changed]) == changed)
        {
            changed = inService.Changed;
            await connector.TellBundleAsync(link);
        }
        await await Task.WhenAny(ends);
        if (stoppingToken.IsCancellationRequested && !link.Closed.IsCancellationRequested)
        {
            await farewell.SayAsync(link);
            return;
        }
        await watching;
        Log.ConnectionLost(logger, link.CloseReason);
        if (watch.WasStable)
            delay.Reset();
    }

    private async Task PauseAsync(TimeSpan delay, CancellationToken stoppingToken)
    {
        Log.Retrying(logger, delay.TotalMilliseconds);
        await Task.Delay(delay, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
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
    }
}
