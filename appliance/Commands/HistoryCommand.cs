using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Edge.Appliance.Configuration;
using Edge.Bundles.Common;
using Edge.Bundles.Links;

namespace Edge.Appliance.Commands;

/// <summary><c>edge-appliance history</c>: which bundle served since when, and why.</summary>
internal static class HistoryCommand
{
    /// <summary>Creates the command.</summary>
    public static Command Create()
    {
        var common = new ConfigurationArguments();
        var json = new Option<bool>("--json") { Description = "Print the changes as they are kept, one a line." };
        var command = new Command("history", "Shows which bundle served since when, who asked for it and why; the newest first.") { json };
        common.AddTo(command);
        command.SetAction(result => Run(common.Load(result), result.GetValue(json)));
        return command;
    }

    private static int Run(LoadedOptions loaded, bool json)
    {
        var links = new BundleLinks(loaded.Options.Bundle, loaded.Options.Candidate);
        var changes = links.History();
        if (json)
        {
            foreach (var change in changes)
                Console.Out.WriteLine(JsonSerializer.Serialize(change, BundleHistory.Json));
            return ExitCode.Done;
        }
        Console.Out.WriteLine($"serves     {links.Served ?? $"nothing: {links.Current} is no link"}");
        Console.Out.WriteLine($"candidate  {links.Waiting ?? "none"}");
        foreach (var change in changes.Reverse())
        {
            var at = change.At.ToLocalTime().ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
            var action = change.Action == BundleAction.Promote ? "promote " : "rollback";
            Console.Out.WriteLine($"{at}  {action}  {Name(change.From)} -> {Name(change.To)}  {change.Who}"
                + (change.Why.Length > 0 ? $": {change.Why}" : ""));
        }
        return ExitCode.Done;

        string Name(string? folder) => folder is null ? "nothing"
            : Path.GetDirectoryName(folder) == links.Folder ? Path.GetFileName(folder) : folder;
    }
}
