using System.CommandLine;
using Edge.Appliance.Configuration;
using Edge.Bundles.Common;

namespace Edge.Appliance.Commands;

/// <summary><c>edge-appliance reload</c>: tells the running service to change to the bundle that is linked, and says how it went.</summary>
internal static class ReloadCommand
{
    /// <summary>Creates the command.</summary>
    public static Command Create()
    {
        var common = new ConfigurationArguments();
        var command =
            new Command("reload", "Tells the running service to change to the bundle that is linked now, without losing a message.");
        common.AddTo(command);
        command.SetAction((result, cancellation) => RunAsync(common.Load(result), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(LoadedOptions loaded, CancellationToken cancellation)
    {
        var service = new RunningService(loaded.Options.Http);
        if (await service.ReloadAsync(cancellation) is not { } outcome)
            throw new UserException(ExitCode.Environment,
                $"Http:Port: no edge-appliance answers at {service.Address} ({service.Silence}). Start the service, or name its "
                + "configuration with --config FILE.");
        if (outcome.Refused is { } reason)
        {
            Console.Error.WriteLine($"no: {outcome.Bundle} serves on. {reason}");
            return ExitCode.Refused;
        }
        Console.Out.WriteLine(outcome.Previous is { } previous
            ? $"{outcome.Bundle} serves now, after {previous}"
            : $"{outcome.Bundle} is the bundle that is linked, and serves; nothing changed");
        return ExitCode.Done;
    }
}
