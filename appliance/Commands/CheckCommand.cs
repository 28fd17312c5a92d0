using System.CommandLine;
using Edge.Appliance.Analysis;
using Edge.Appliance.Configuration;
using Edge.Appliance.Mqtt;
using Edge.Bundles.Common;

namespace Edge.Appliance.Commands;

/// <summary><c>edge-appliance check</c>: would <c>serve</c> start with this configuration and this bundle?</summary>
internal static class CheckCommand
{
    /// <summary>Creates the command.</summary>
    public static Command Create()
    {
        var common = new ConfigurationArguments();
        var command = new Command("check", "Checks configuration and bundle, and runs the bundle's golden utterances.");
        common.AddTo(command);
        command.SetAction(result =>
        {
            try
            {
                return Run(common, result);
            }
            catch (UserException problem)
            {
                Console.Error.WriteLine($"no: {problem.Message}");
                return ExitCode.Refused;
            }
        });
        return command;
    }

    private static int Run(ConfigurationArguments common, ParseResult result)
    {
        var loaded = common.Load(result);
        Console.Out.WriteLine("configuration  ok");
        using var ready = ReadyBundle.Open(loaded);
        var bundle = ready.Bundle;
        Console.Out.WriteLine($"bundle         ok  {bundle.Id} ({bundle.Precision}), {bundle.Directory}");
        Console.Out.WriteLine($"provider       ok  {ready.Provider}{(ready.ProviderReason.Length > 0 ? $": {ready.ProviderReason}" : "")}");
        Console.Out.WriteLine(
            $"heads          {string.Join(", ", bundle.Task.Heads.Select(head => $"{head.Name} ({head.Labels.Count} labels)"))}");
        Console.Out.WriteLine(
            ready.GoldenCount > 0
            ? $"golden         ok  {ready.GoldenCount} utterances"
            : "golden         the bundle has no golden utterances");
        if (loaded.Options.Mqtt.Enabled)
            PrintBroker(loaded.Options);
        return ExitCode.Done;
    }

    // No program can ask a broker for these: a person must look.
    private static void PrintBroker(ApplianceOptions options)
    {
        Console.Out.WriteLine($"broker         {options.Mqtt.Host} was not asked; that no utterance is lost rests on its settings");
        Console.Out.WriteLine("               (mosquitto's names; edge-bench doctor reads its file, docs/guide/operate.md says why):");
        foreach (var setting in BrokerSettings.For(options))
            Console.Out.WriteLine($"  {setting.Name,-28} {setting.Wanted}; mosquitto's default: {setting.Default}");
    }
}
