using System.CommandLine;
using Edge.Appliance.Configuration;
using Edge.Bundles.Common;
using Edge.Bundles.Links;

namespace Edge.Appliance.Commands;

/// <summary><c>edge-appliance rollback</c>: the bundle that served before serves again.</summary>
internal static class RollbackCommand
{
    /// <summary>Creates the command.</summary>
    public static Command Create()
    {
        var common = new ConfigurationArguments();
        var to = new Option<string?>("--to")
        {
            HelpName = "DIR", Description = "Another bundle than the one before (default: the one before, of the history)."
        };
        var why = new Option<string>("--why")
        {
            HelpName = "TEXT", DefaultValueFactory = _ => "", Description = "The reason, for the history."
        };
        var command = new Command("rollback", "Lets the bundle that served before serve again, without losing a message.") { to, why };
        common.AddTo(command);
        command.SetAction((result, cancellation) =>
            RunAsync(common.Load(result), result.GetValue(to), result.GetRequiredValue(why), cancellation));
        return command;
    }

    private static Task<int> RunAsync(LoadedOptions loaded, string? to, string why, CancellationToken cancellation)
    {
        var links = new BundleLinks(loaded.Options.Bundle, loaded.Options.Candidate);
        var before = to is null ? links.Previous() : Path.TrimEndingDirectorySeparator(Path.GetFullPath(to));
        if (before is null)
            throw new UserException(ExitCode.BadInput,
                $"{links.HistoryFile} knows no bundle that served before. Name one with --to DIR.");
        return new LinkChange(loaded, links, TimeProvider.System).MakeAsync(BundleAction.Rollback, before, why, cancellation);
    }
}
