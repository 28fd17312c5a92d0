using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Edge.Appliance.Mqtt;
using Edge.Bench.Common;
using Edge.Bench.Mqtt;
using Edge.Bundles.Common;

namespace Edge.Bench.Commands;

/// <summary><c>edge-bench mqtt</c>: what callers wait for through the broker, and how many of them a box serves within a budget.</summary>
internal static class MqttCommand
{
    private const string Search = "search";
    private const double WarmUpPerSecond = 100;

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30); // until an appliance is online

    /// <summary>Creates the command.</summary>
    public static Command Create()
    {
        var bundle = new Option<string?>("--bundle")
        {
            HelpName = "DIR", Description = "Serve this bundle by a broker and an appliance of our own; needs mosquitto."
        };
        var broker = new Option<string?>("--broker")
        {
            HelpName = "HOST:PORT",
            Description =
                "Measure the appliance that serves at this broker. Its store keeps uncertain answers of line bench, as of any line."
        };
        var rate = new Option<string>("--rate")
        {
            HelpName = "N|search", DefaultValueFactory = _ => "20",
            Description = "Utterances a second, 0.1 to 200000; or search: the highest rate within --budget-ms."
        };
        var budget = BenchOptions.Budget("Fail (exit 1) where one of 100 callers waits longer, or an utterance is not answered.");
        var seconds = BenchOptions.Seconds("How long a rate is tried.", 10);
        var texts = new Option<string?>("--texts")
        {
            HelpName = "FILE", Description = "Utterances to send, one a line. Without it a few usual ones."
        };
        var json = new Option<bool>("--json") { Description = "Print JSON." };
        var command = new Command("mqtt", "Measures a bundle end to end through the broker, with callers that come at random.\n"
            + "Example: edge-bench mqtt --bundle out/demo/bundle --rate search --budget-ms 20\n         edge-bench mqtt --broker " +
            "127.0.0.1:1883 --rate 50 --budget-ms 20")
        {
            bundle, broker, rate, budget, seconds, texts, json,
        };
        command.Validators.Add(result =>
        {
            if ((result.GetValue(bundle) is null) == (result.GetValue(broker) is null))
                result.AddError("Name a bundle with --bundle DIR, or a running appliance's broker with --broker HOST:PORT.");
            if (result.GetValue(broker) is { } address && !BrokerAddress.TryParse(address, out _))
                result.AddError($"--broker is {address}; use HOST:PORT, for example 127.0.0.1:1883.");
            if (result.GetValue(rate) is { } text && text != Search && ParseRate(text) is null)
                result.AddError($"--rate is {text}; use a number from 0.1 to 200000, or {Search}.");
            if (result.GetValue(rate) == Search && result.GetResult(budget) is null)
                result.AddError("--rate search needs --budget-ms: what is the highest rate within?");
            if (result.GetValue(texts) is { } file && !File.Exists(file))
                result.AddError($"--texts names {file}; there is no such file.");
        });
        command.SetAction(async (result, cancellation) =>
        {
            string[] utterances = result.GetValue(texts) is { } file
                ? [.. File.ReadLines(RegularFile.Require(file)).Where(line => !string.IsNullOrWhiteSpace(line))]
                : MqttLoad.UsualTexts;
            if (utterances.Length == 0)
                throw new UserException(ExitCode.BadInput, $"--texts: {result.GetValue(texts)} has no utterance; put one on a line.");
            using var appliance = result.GetValue(bundle) is { } directory ? new PrivateAppliance(directory) : null;
            _ = BrokerAddress.TryParse(result.GetValue(broker) ?? "", out var address);
            var duration = TimeSpan.FromSeconds(result.GetValue(seconds));
            var trials = await RunAsync(
                appliance, appliance?.Broker ?? address, utterances, ParseRate(result.GetRequiredValue(rate)), result.GetValue(budget),
                duration, cancellation);
            return Report(trials, result.GetValue(budget), duration, result.GetValue(rate) == Search, result.GetValue(json));
        });
        return command;
    }

    private static double? ParseRate(string text) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var rate) && rate is >= 0.1 and <= 200_000
        ? rate
        : null;

    private static async Task<IReadOnlyList<RateTrial>> RunAsync(
        PrivateAppliance? appliance, BrokerAddress broker, string[] texts, double? rate, double? budget, TimeSpan duration,
        CancellationToken cancellation)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellation, appliance?.Ended ?? CancellationToken.None);
        try
        {
            await using var client = await ConnectAsync(broker, over.Token);
            Progress.Say("warming up");
            var seed = 1;
            await LoadAsync(WarmUpPerSecond, TimeSpan.FromSeconds(1));
            return rate is { } fixedRate ? [await TryAsync(fixedRate)] : await RateSearch.RunAsync(TryAsync, budget!.Value);

            Task<RateTrial> TryAsync(double perSecond)
            {
                Progress.Say($"{MqttPrinter.Rate(perSecond)} utterances a second for {duration.TotalSeconds:0} s");
                return LoadAsync(perSecond, duration);
            }

            async Task<RateTrial> LoadAsync(double perSecond, TimeSpan time) =>
                RateTrial.Of(perSecond, await MqttLoad.RunAsync(client, texts, perSecond, time, seed++, judge: null, over.Token));
        }
        catch (Exception failure) when (failure is UserException or OperationCanceledException && appliance?.Failure() is { } ended)
        {
            throw ended;
        }
    }

    private static async Task<AskingClient> ConnectAsync(BrokerAddress broker, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(Longest);
        return await AskingClient.ConnectAsync(broker, limit.Token);
    }

    private static int Report(IReadOnlyList<RateTrial> trials, double? budget, TimeSpan duration, bool isSearch, bool json)
    {
        var judged = budget is { } most ? trials.LastOrDefault(trial => trial.IsWithin(most)) ?? trials[0] : null;
        var verdict = judged?.Judge(budget!.Value, duration);
        var isWithin = judged is null || verdict is { IsWithin: true };
        if (json)
        {
            object report = judged is null
                ? new { trials }
                : new
                {
                    trials, budgetMs = budget, withinBudget = isWithin, verdictIsSure = verdict?.IsSure ?? true,
                    highestRate = isSearch && isWithin ? judged.PerSecond : (double?)null
                };
            Console.Out.WriteLine(JsonSerializer.Serialize(report, JsonSerializerOptions.Web));
        }
        else
        {
            MqttPrinter.Print(trials);
            if (judged is not null)
                Console.Out.WriteLine(MqttPrinter.Sentence(judged, verdict, isSearch));
        }
        return isWithin ? ExitCode.Done : ExitCode.Refused;
    }
}
