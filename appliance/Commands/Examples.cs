using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using Edge.Bundles.Common;

namespace Edge.Appliance.Commands;

/// <summary>Help that ends with an example.</summary>
internal sealed class Examples(HelpAction help) : SynchronousCommandLineAction
{
    private static readonly Dictionary<string, string> ByCommand = new(StringComparer.Ordinal)
    {
        ["serve"] = "edge-appliance serve --bundle /var/lib/edge/current --set Mqtt:Host=broker.example --set Http:Port=0",
        ["analyze"] = "edge-appliance analyze \"帮我查一下订单U2942,怎么还没到\" --bundle bundles/demo",
        ["ask"] = "edge-appliance ask --broker 127.0.0.1:1883 \"我要退款\" \"快递到哪了\"",
        ["check"] = "edge-appliance check --config /etc/edge/appliance.json",
        ["reload"] = "edge-appliance reload --config /etc/edge/appliance.json",
        ["candidate"] = "edge-appliance candidate",
        ["promote"] = "edge-appliance promote --why \"fewer wrong refunds\"",
        ["rollback"] = "edge-appliance rollback --why \"refunds are missed\"",
        ["history"] = "edge-appliance history",
    };

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        help.Invoke(parseResult);
        var output = parseResult.InvocationConfiguration.Output;
        var name = parseResult.CommandResult.Command.Name;
        output.WriteLine(ByCommand.ContainsKey(name) ? "Example:" : "Examples:");
        foreach (var (command, example) in ByCommand)
        {
            if (command == name || !ByCommand.ContainsKey(name))
                output.WriteLine($"  {example}");
        }
        return ExitCode.Done;
    }
}
