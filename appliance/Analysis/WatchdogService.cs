using System.Globalization;
using System.Net.Sockets;
using Edge.Appliance.Health;
using Microsoft.Extensions.Hosting.Systemd;

namespace Edge.Appliance.Analysis;

/// <summary>
/// Tells systemd that analyses come out: a ping follows an analysis, of a caller or, when none came, of a probe that takes the
/// same way through queue, worker and model. If that way hangs, no ping is sent and systemd restarts the service.
/// </summary>
internal sealed partial class WatchdogService(
    ISystemdNotifier notifier, AnalysisQueue queue, Metrics metrics, TimeProvider time, ILogger<WatchdogService> logger)
    : BackgroundService
{
    private static readonly ServiceState Alive = new("WATCHDOG=1");

    /// <summary>The time that systemd gives, from <c>WATCHDOG_USEC</c>; null where it asks for no pings from this process.</summary>
    public static TimeSpan? Period { get; } = ReadPeriod(
        Environment.GetEnvironmentVariable("WATCHDOG_USEC"), Environment.GetEnvironmentVariable("WATCHDOG_PID"), Environment.ProcessId);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (Period is not { } period)
            return;
        // A third, so that one slow probe does not end the service.
        using var timer = new PeriodicTimer(period / 3, time);
        var seen = -1L;
        do
        {
            if (metrics.Analyses == seen)
                await queue.ProbeAsync(stoppingToken).WaitAsync(stoppingToken);
            seen = metrics.Analyses;
            Ping();
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    /// <summary>Reads systemd's variables (sd_watchdog_enabled(3)).</summary>
    internal static TimeSpan? ReadPeriod(string? microseconds, string? pid, int ownPid) =>
        long.TryParse(microseconds, CultureInfo.InvariantCulture, out var period) && period > 0
        && (string.IsNullOrEmpty(pid) || pid == ownPid.ToString(CultureInfo.InvariantCulture))
            ? TimeSpan.FromMicroseconds(period)
            : null;

    private void Ping()
    {
        try
        {
            notifier.Notify(Alive);
        }
        catch (SocketException failure)
        {
            Log.NotPinged(logger, failure.Message);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "systemd's notification socket did not take a watchdog ping: {Reason}")]
        public static partial void NotPinged(ILogger logger, string reason);
    }
}
