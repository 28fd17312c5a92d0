using Edge.Appliance.Configuration;
using Edge.Appliance.Health;

namespace Edge.Appliance.Mqtt;

/// <summary>
/// Watches one connection after the other: that the broker still delivers, where nothing comes; and whether two appliances fight for
/// one client id.
/// </summary>
internal sealed partial class ConnectionWatch(
    MqttOptions options, MqttConnector connector, StatusEcho echo, Suspects suspects, HealthState health, TimeProvider time,
    ILogger<ConnectionWatch> logger)
{
    private const string SharedWarning = "client-id-shared";
    private const int ShortOnes = 3;

    // A connection that lasted this long counts as one: the next attempt comes quickly again.
    private static readonly TimeSpan Stable = TimeSpan.FromSeconds(5);

    // Who fights for a client id comes back within the pause between two attempts.
    private static readonly TimeSpan Short = TimeSpan.FromSeconds(15);
    private int _shortOnes;

    /// <summary>Whether the last connection lasted.</summary>
    public bool WasStable { get; private set; }

    /// <summary>A connection was not made: whoever ends ours is the broker or the network, not another client.</summary>
    public void Failed() => _shortOnes = 0;

    /// <summary>Watches until the connection ends.</summary>
    public async Task WatchAsync(MqttLink link)
    {
        var connected = time.GetTimestamp();
        await Task.WhenAll(SettleAsync(link), ListenAsync(link));
        var lasted = time.GetElapsedTime(connected);
        WasStable = lasted >= Stable;
        health.BrokerProblem = $"connection lost ({link.CloseReason}); reconnecting";
        // Where a message is suspected of ending connections, that is the likelier cause.
        _shortOnes = lasted < Short && suspects.IsEmpty ? _shortOnes + 1 : 0;
        if (!link.WasTakenOver && _shortOnes < ShortOnes)
            return;
        health.Warn(SharedWarning, HealthSeverity.Error,
            link.WasTakenOver
            ? "another client connected with this appliance's client id"
            : $"the last {_shortOnes} connections ended within {Durations.Format(Short)} while the broker was there: " +
                "another client seems to have this appliance's client id",
            "give every appliance an own Mqtt:ClientId (by default edge-<host>: an own Host)");
    }

    private async Task SettleAsync(MqttLink link)
    {
        if (!await DelayAsync(Short, link))
            return;
        _shortOnes = 0;
        health.Clear(SharedWarning);
    }

    // A ping shows that the broker is there, not that it still delivers: mosquitto 2.0.11 can close the receive window for good.
    private async Task ListenAsync(MqttLink link)
    {
        while (true)
        {
            var received = link.Received;
            if (!await DelayAsync(options.KeepAlive, link))
                return;
            if (!link.HearsItself || link.Received != received || !link.IsFinished)
                continue; // it delivers, it need not, or we cannot know
            try
            {
                await connector.SayOnlineAsync(link, echo).WaitAsync(options.Timeout, time, link.Closed);
            }
            catch (OperationCanceledException) when (link.Closed.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure) when (failure is TimeoutException or OperationCanceledException)
            {
                Log.Deaf(logger, Durations.Format(options.Timeout));
                link.Close("the broker delivers nothing any more");
            }
        }
    }

    private async Task<bool> DelayAsync(TimeSpan delay, MqttLink link)
    {
        await Task.Delay(delay, time, link.Closed).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return !link.Closed.IsCancellationRequested;
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning,
            "The broker is there, but did not deliver this appliance's own status within {Time}: connecting anew")]
        public static partial void Deaf(ILogger logger, string time);
    }
}
