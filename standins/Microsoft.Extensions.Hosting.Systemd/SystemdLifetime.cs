using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging;

namespace Microsoft.Extensions.Hosting.Systemd;

/// <summary>READY=1 when the host has started, STOPPING=1 when it stops; SIGTERM stops it, other signals end the process at once.</summary>
public partial class SystemdLifetime : IHostLifetime, IDisposable
{
    private readonly IHostEnvironment _environment;
    private readonly IHostApplicationLifetime _applicationLifetime;
    private readonly ISystemdNotifier _systemdNotifier;
    private readonly ILogger _logger;
    private CancellationTokenRegistration _started;
    private CancellationTokenRegistration _stopping;
    private PosixSignalRegistration? _terminate;

    public SystemdLifetime(
        IHostEnvironment environment,
        IHostApplicationLifetime applicationLifetime,
        ISystemdNotifier systemdNotifier,
        ILoggerFactory loggerFactory)
    {
        ArgumentNullException.ThrowIfNull(environment);
        ArgumentNullException.ThrowIfNull(applicationLifetime);
        ArgumentNullException.ThrowIfNull(systemdNotifier);
        _environment = environment;
        _applicationLifetime = applicationLifetime;
        _systemdNotifier = systemdNotifier;
        _logger = loggerFactory.CreateLogger("Microsoft.Hosting.Lifetime");
    }

    public Task WaitForStartAsync(CancellationToken cancellationToken)
    {
        _started = _applicationLifetime.ApplicationStarted.Register(() =>
        {
            Started(_logger, _environment.EnvironmentName, _environment.ContentRootPath);
            _systemdNotifier.Notify(ServiceState.Ready);
        });
        _stopping = _applicationLifetime.ApplicationStopping.Register(() =>
        {
            Stopping(_logger);
            _systemdNotifier.Notify(ServiceState.Stopping);
        });
        // systemd stops a service by SIGTERM only.
        _terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context =>
        {
            context.Cancel = true;
            _applicationLifetime.StopApplication();
        });
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose()
    {
        _terminate?.Dispose();
        _started.Dispose();
        _stopping.Dispose();
    }

    [LoggerMessage(
        0, LogLevel.Information, "Application started. Hosting environment: {EnvironmentName}; Content root path: {ContentRoot}")]
    private static partial void Started(ILogger logger, string environmentName, string contentRoot);

    [LoggerMessage(0, LogLevel.Information, "Application is shutting down...", EventName = "Stopping")]
    private static partial void Stopping(ILogger logger);
}
