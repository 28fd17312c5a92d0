using System.CommandLine;
using Edge.Appliance.Configuration;
using Edge.Bundles.Common;
using Edge.Bundles.Links;

namespace Edge.Appliance.Commands;

/// <summary><c>edge-appliance promote</c>: the candidate serves from now on.</summary>
internal static class PromoteCommand
{
    /// <summary>Creates the command.</summary>
    public static Command Create()
    {
        var common = new ConfigurationArguments();
        var why = new Option<string>("--why")
        {
            HelpName = "TEXT", DefaultValueFactory = _ => "", Description = "The reason, for the history."
        };
        var command = new Command("promote",
            "Lets the candidate serve, without losing a message; the history keeps who, when and why.") { why };
        common.AddTo(command);
        command.SetAction((result, cancellation) => RunAsync(common.Load(result), result.GetRequiredValue(why), cancellation));
        return command;
    }

    private static Task<int> RunAsync(LoadedOptions loaded, string why, CancellationToken cancellation)
    {
        var links = new BundleLinks(loaded.Options.Bundle, loaded.Options.Candidate);
        var candidate = links.Waiting
            ?? throw new UserException(ExitCode.BadInput,
                $"there is no candidate: {links.Candidate} names no bundle other than the one that serves. Link one there, for example: "
                + $"ln -s BUNDLE {links.Candidate}");
        return new LinkChange(loaded, links, TimeProvider.System).MakeAsync(BundleAction.Promote, candidate, why, cancellation);
    }
}
