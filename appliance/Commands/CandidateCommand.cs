using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Edge.Appliance.Configuration;
using Edge.Appliance.Shadowing;
using Edge.Bundles;
using Edge.Bundles.Common;
using Edge.Bundles.Links;

namespace Edge.Appliance.Commands;

/// <summary><c>edge-appliance candidate</c>: what would change if the candidate served.</summary>
internal static class CandidateCommand
{
    /// <summary>Creates the command.</summary>
    public static Command Create()
    {
        var common = new ConfigurationArguments();
        var json = new Option<bool>("--json") { Description = "Print JSON." };
        var command = new Command("candidate",
            "Shows what would change if the candidate served, from what callers said since it was linked.")
        {
            json,
        };
        common.AddTo(command);
        command.SetAction(result => Run(common.Load(result), result.GetValue(json)));
        return command;
    }

    private static int Run(LoadedOptions loaded, bool json)
    {
        var links = new BundleLinks(loaded.Options.Bundle, loaded.Options.Candidate);
        var candidate = links.Waiting
            ?? throw new UserException(ExitCode.BadInput,
                $"there is no candidate: {links.Candidate} names no bundle other than the one that serves.");
        var pair = new ShadowPair(BundleReader.Open(candidate).Manifest.Id, BundleReader.Open(loaded.Options.Bundle).Manifest.Id);
        var report = ShadowReport.Read(loaded.Options.UncertainCases, pair);
        if (json)
            Console.Out.WriteLine(JsonSerializer.Serialize(report, BundleHistory.Json));
        else
            Print(report);
        return ExitCode.Done;
    }

    private static void Print(ShadowReport report)
    {
        Console.Out.WriteLine($"candidate  {report.Candidate}, beside {report.Served}");
        if (report.Since is not { } since)
        {
            Console.Out.WriteLine("No utterance has been compared yet: a running service compares what callers say while it has time.");
            return;
        }
        var differing = ShareInterval.Of(report.Differing, report.Compared);
        var from = since.ToLocalTime().ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
        Console.Out.WriteLine(
            $"compared   {report.Compared} utterances since {from}; {report.Differing} would be answered otherwise: {Text(differing)}");
        Console.Out.WriteLine($"kept       {report.Cases} of those, masked, at random");
        var width = report.Heads.Max(head => head.Name.Length);
        foreach (var head in report.Heads)
            Console.Out.WriteLine(
                $"{head.Name.PadRight(width)}  the same {Text(head.Agreement)}; accepted {Percent(head.AcceptedBefore)} now, "
                + $"{Percent(head.AcceptedAfter)} then");
        foreach (var change in report.Changes)
        {
            var elsewhere = change.Before == change.After ? " elsewhere" : ""; // entities of the same labels
            Console.Out.WriteLine($"{change.Count,7}  {change.Head}: {Name(change.Before)} -> {Name(change.After)}{elsewhere}");
        }
    }

    private static string Name(string labels) => labels.Length == 0 ? "nothing" : labels;

    private static string Text(ShareInterval share) =>
        $"{Percent(share.Value)} ({Percent(share.Lower)} to {Percent(share.Upper)})";

    private static string Percent(double share) => (100 * share).ToString("0.0", CultureInfo.InvariantCulture) + " %";
}
