using System.CommandLine;
using Edge.Appliance.Mqtt;
using Edge.Bundles.Common;

namespace Edge.Appliance.Commands;

/// <summary><c>edge-appliance ask "text"...</c>: asks a running appliance over the broker, as an IVR system would.</summary>
internal static class AskCommand
{
    /// <summary>Creates the command.</summary>
    public static Command Create()
    {
        var texts = new Argument<string[]>("text")
        {
            Description = "What callers said, one argument an utterance.", Arity = ArgumentArity.OneOrMore
        };
        var broker = new Option<string>("--broker")
        {
            Description = "The broker (default: 127.0.0.1:1883).", HelpName = "HOST:PORT", DefaultValueFactory = _ => "127.0.0.1:1883"
        };
        var line = new Option<string>("--line")
        {
            Description = "The line it comes from (default: ask).", HelpName = "NAME", DefaultValueFactory = _ => "ask"
        };
        var timeout = new Option<int>("--timeout")
        {
            Description = "Longest wait in seconds, for an appliance and for each answer (default: 10).", HelpName = "S",
            DefaultValueFactory = _ => 10
        };
        var json = new Option<bool>("--json") { Description = "Print the answers as they came, one a line." };
        var command =
            new Command("ask", "Asks a running appliance over MQTT and prints the answers.") { texts, broker, line, timeout, json };
        broker.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string>() is { } value && !BrokerAddress.TryParse(value, out _))
                result.AddError($"--broker is {value}; use HOST:PORT, for example 127.0.0.1:1883.");
        });
        timeout.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is var value and (< 1 or > 3600))
                result.AddError($"--timeout is {value}; use 1 to 3600 seconds.");
        });
        line.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string>() is { } value && (value.Length == 0 || value.AsSpan().IndexOfAny("/+#") >= 0))
                result.AddError($"--line is \"{value}\"; use one level of a topic, without / + #.");
        });
        command.SetAction((result, cancellation) => RunAsync(
            result.GetRequiredValue(texts), result.GetRequiredValue(broker), result.GetRequiredValue(line),
            TimeSpan.FromSeconds(result.GetValue(timeout)), result.GetValue(json), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(
        string[] texts, string broker, string line, TimeSpan timeout, bool json, CancellationToken cancellation)
    {
        if (!BrokerAddress.TryParse(broker, out var address))
            throw new ArgumentException($"{broker} is no HOST:PORT.", nameof(broker));
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(timeout);
        await using var client = await AskingClient.ConnectAsync(address, limit.Token);
        var printer = new AnswerPrinter(Console.Out, Styles.ForOutput());
        var code = ExitCode.Done;
        foreach (var text in texts)
        {
            limit.CancelAfter(timeout);
            using var answer = await client.AskAsync(line, text, limit.Token);
            if (answer.RootElement.TryGetProperty("code", out _))
                code = ExitCode.Refused;
            if (json)
                Console.Out.WriteLine(answer.RootElement.GetRawText());
            else
                printer.Print(text, answer.RootElement);
        }
        return code;
    }
}
