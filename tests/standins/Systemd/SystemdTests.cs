using System.Diagnostics;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Systemd;
using Microsoft.Extensions.Logging;

namespace Edge.Standins.Tests.Systemd;

/// <summary>
/// Notification, detection and the life of a host under systemd. The last is real: the test starts this assembly again under a
/// parent process that is called "systemd" (a copy of the shell), and the host in there is stopped by SIGTERM.
/// </summary>
public sealed class SystemdTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("edge-systemd-").FullName;
    private readonly CancellationTokenSource _limit = new(TimeSpan.FromSeconds(60));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Notify_Socket_ReceivesOneDatagramAStateInOrder(bool isAbstract)
    {
        using var socket = isAbstract ? NotifySocket.Abstract() : NotifySocket.InFolder(_folder);
        var notifier = NotifierFor(socket.Address);
        Assert.True(notifier.IsEnabled);

        notifier.Notify(ServiceState.Ready);
        notifier.Notify(new ServiceState("STATUS=分析 3 句"));
        notifier.Notify(new ServiceState("WATCHDOG=1"));
        notifier.Notify(ServiceState.Stopping);

        foreach (var expected in new[] { "READY=1", "STATUS=分析 3 句", "WATCHDOG=1", "STOPPING=1" })
            Assert.Equal(expected, await socket.ReceiveAsync(_limit.Token));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void Notify_NoSocket_DoesNothing(string? address)
    {
        var notifier = NotifierFor(address);
        Assert.False(notifier.IsEnabled);
        notifier.Notify(ServiceState.Ready);
    }

    [Fact]
    public void Notify_SocketIsGone_ThrowsSocketException()
    {
        var notifier = NotifierFor(Path.Combine(_folder, "nobody"));
        Assert.True(notifier.IsEnabled);
        Assert.ThrowsAny<SocketException>(() => notifier.Notify(ServiceState.Ready));
    }

    [Fact]
    public void ServiceState_Text_IsWhatWasGiven()
    {
        Assert.Equal("READY=1", ServiceState.Ready.ToString());
        Assert.Equal("STOPPING=1", ServiceState.Stopping.ToString());
        Assert.Equal("", default(ServiceState).ToString());
        Assert.Throws<ArgumentNullException>(() => new ServiceState(null!));
    }

    [Fact]
    public void AddSystemd_NotUnderSystemd_RegistersNothing()
    {
        Assert.SkipWhen(SystemdHelpers.IsSystemdService(), "These tests themselves run directly under systemd.");
        var services = new ServiceCollection();
        Assert.Same(services, services.AddSystemd());
        Assert.Empty(services);

        using var host = new HostBuilder().UseSystemd().Build();
        Assert.Null(host.Services.GetService<ISystemdNotifier>());
        Assert.IsNotType<SystemdLifetime>(host.Services.GetRequiredService<IHostLifetime>());
    }

    [Fact]
    public async Task Host_UnderSystemd_NotifiesAndStopsOnSigterm()
    {
        if (Environment.GetEnvironmentVariable("EDGE_TEST_UNDER_SYSTEMD") == "1")
        {
            await RunHostUntilSigtermAsync();
            return;
        }
        Assert.SkipUnless(OperatingSystem.IsLinux() && File.Exists("/bin/sh"), "Needs /proc and a shell.");
        using var socket = NotifySocket.InFolder(_folder);
        // The kernel names a process after its file; systemd is looked for by that name.
        var systemd = Path.Combine(_folder, "systemd");
        File.Copy(File.ResolveLinkTarget("/bin/sh", returnFinalTarget: true)?.FullName ?? "/bin/sh", systemd);
        var start = new ProcessStartInfo(systemd) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add("-c");
        // "exit" keeps the shell from becoming the program it runs.
        start.ArgumentList.Add("\"$@\"; exit $?");
        start.ArgumentList.Add("sh");
        foreach (var argument in RunThisAssembly())
            start.ArgumentList.Add(argument);
        start.ArgumentList.Add("-noColor");
        start.ArgumentList.Add("-method");
        start.ArgumentList.Add($"{typeof(SystemdTests).FullName}.{nameof(Host_UnderSystemd_NotifiesAndStopsOnSigterm)}");
        start.Environment["NOTIFY_SOCKET"] = socket.Address;
        start.Environment["EDGE_TEST_UNDER_SYSTEMD"] = "1";

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(_limit.Token);
        var error = process.StandardError.ReadToEndAsync(_limit.Token);
        Assert.Equal("READY=1", await socket.ReceiveAsync(_limit.Token));
        Assert.Equal("STATUS=up", await socket.ReceiveAsync(_limit.Token));
        Assert.Equal("STOPPING=1", await socket.ReceiveAsync(_limit.Token));
        await process.WaitForExitAsync(_limit.Token);

        var text = await output;
        Assert.True(process.ExitCode == 0, text + await error);
        // Console format "systemd": priority, category, event id, message on one line, exception.
        Assert.Contains("<6>Microsoft.Hosting.Lifetime[0] Application started. Hosting environment: Prod", text, StringComparison.Ordinal);
        Assert.Contains("<7>edge[0] debug\n", text, StringComparison.Ordinal);
        Assert.Contains("<4>edge[7] two lines\n", text, StringComparison.Ordinal);
        Assert.Contains("<3>edge[0] failed System.FormatException: wrong\n", text, StringComparison.Ordinal);
        Assert.Contains("<2>edge[0] critical\n", text, StringComparison.Ordinal);
        Assert.Contains("<6>Microsoft.Hosting.Lifetime[0] Application is shutting down...", text, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _limit.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task RunHostUntilSigtermAsync()
    {
        Assert.True(SystemdHelpers.IsSystemdService());
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { EnvironmentName = "Production", Args = [] });
        builder.Logging.SetMinimumLevel(LogLevel.Trace);
        builder.Services.AddSystemd();
        var host = builder.Build();
        Assert.IsType<SystemdLifetime>(host.Services.GetRequiredService<IHostLifetime>());
        Assert.IsType<SystemdNotifier>(host.Services.GetRequiredService<ISystemdNotifier>());
        await host.StartAsync(_limit.Token);
        host.Services.GetRequiredService<ISystemdNotifier>().Notify(new ServiceState("STATUS=up"));

        var logger = host.Services.GetRequiredService<ILoggerFactory>().CreateLogger("edge");
#pragma warning disable CA1848, CA1873 // One line of each level, once.
        logger.LogDebug("debug");
        logger.LogWarning(7, "two\nlines");
        logger.LogError(new FormatException("wrong"), "failed");
        logger.LogCritical("critical");
#pragma warning restore CA1848, CA1873

        using var kill = Process.Start("kill", ["-TERM", $"{Environment.ProcessId}"]);
        await host.WaitForShutdownAsync(_limit.Token);
        host.Dispose();
    }

    private static string[] RunThisAssembly()
    {
        var program = Environment.ProcessPath!;
        return Path.GetFileNameWithoutExtension(program) == "dotnet" ? [program, typeof(SystemdTests).Assembly.Location] : [program];
    }

    private static SystemdNotifier NotifierFor(string? address)
    {
        var before = Environment.GetEnvironmentVariable("NOTIFY_SOCKET");
        Environment.SetEnvironmentVariable("NOTIFY_SOCKET", address);
        try
        {
            return new SystemdNotifier();
        }
        finally
        {
            Environment.SetEnvironmentVariable("NOTIFY_SOCKET", before);
        }
    }
}
