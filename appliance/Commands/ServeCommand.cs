using System.CommandLine;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Edge.Appliance.Analysis;
using Edge.Appliance.Answering;
using Edge.Appliance.Configuration;
using Edge.Appliance.Reloading;
using Edge.Appliance.UncertainCases;
using Edge.Bundles.Common;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Hosting.Systemd;

namespace Edge.Appliance.Commands;

/// <summary><c>edge-appliance serve</c>: answers until it is told to stop.</summary>
internal static class ServeCommand
{
    /// <summary>Creates the command.</summary>
    public static Command Create()
    {
        var common = new ConfigurationArguments();
        var command = new Command("serve", "Answers utterances over MQTT and HTTP until SIGTERM or Ctrl-C.");
        common.AddTo(command);
        command.SetAction((result, _) => RunAsync(common.Load(result)));
        return command;
    }

    private static async Task<int> RunAsync(LoadedOptions loaded)
    {
        // 1. Everything that must be right before anything is taken: bundle, store.
        using var inService = new BundleInService(ReadyBundle.Open(loaded));
        var ready = inService.Current;
        Rehearsal.Run(ready);
        using var store = UncertainCaseStore.Open(loaded.Options.UncertainCases);

        // 2. Start; the host says READY=1 when everything runs.
        await using var app = ApplianceHost.Build(loaded, inService, store);
        var reloader = app.Services.GetRequiredService<BundleReloader>();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, context =>
        {
            // The systemd lifetime knows SIGTERM only.
            context.Cancel = true;
            app.Lifetime.StopApplication();
        });
        using var hangup = PosixSignalRegistration.Create(PosixSignal.SIGHUP, context =>
        {
            // By default it ends the process at once, undrained. From a terminal that closes it is a stop; to a service it says that
            // Bundle leads to another bundle. Whoever wants the verdict asks the endpoint; the log and the warnings have it, too.
            context.Cancel = true;
            if (Console.IsInputRedirected)
                reloader.RequestReload();
            else
                app.Lifetime.StopApplication();
        });
        await StartAsync(app, loaded.Options);
        NotifyReady(app);
        ApplianceHost.LogServing(app, loaded.Options, ready);

        // 3. Serve, then drain.
        await app.WaitForShutdownAsync();
        var isFaulted = app.Services.GetServices<IHostedService>()
            .OfType<BackgroundService>()
            .Any(service => service.ExecuteTask is { IsFaulted: true });
        return isFaulted ? ExitCode.Fault : ExitCode.Done;
    }

    private static async Task StartAsync(WebApplication app, ApplianceOptions options)
    {
        try
        {
            await app.StartAsync();
        }
        catch (Exception failure) when (failure is IOException or SocketException)
        {
            var inUse = failure.InnerException is AddressInUseException;
            throw new UserException(ExitCode.Environment,
                $"Http:Port: {options.Http.Address}:{options.Http.Port} " +
                $"{(inUse ? "is in use by another program" : $"cannot be opened ({failure.Message})")}. "
                + "End that program, or choose another port with --set Http:Port=N (0 takes a free one).", failure);
        }
    }

    // AddSystemd does nothing where it does not see systemd as the parent (a wrapper in ExecStart, ProtectProc=invisible); the
    // unit would wait for READY=1 until its start times out. Without NOTIFY_SOCKET this does nothing.
    private static void NotifyReady(WebApplication app)
    {
        if (!SystemdHelpers.IsSystemdService())
            app.Services.GetRequiredService<ISystemdNotifier>().Notify(ServiceState.Ready);
    }
}
