using System.CommandLine;
using System.Text.Json;
using Edge.Bench.Model;
using Edge.Bundles.Common;

namespace Edge.Bench.Commands;

/// <summary>The process that <see cref="StartUp"/> measures.</summary>
internal static class StartUpCommand
{
    /// <summary>Creates the command, which help does not show.</summary>
    public static Command Create()
    {
        var bundle = new Option<string>("--bundle") { Required = true };
        var precision = new Option<string>("--precision") { Required = true };
        var command = new Command(StartUp.Command) { bundle, precision };
        command.Hidden = true;
        command.SetAction(result =>
        {
            Console.Out.WriteLine(
                JsonSerializer.Serialize(StartUp.Here(result.GetRequiredValue(bundle), result.GetRequiredValue(precision))));
            return ExitCode.Done;
        });
        return command;
    }
}
