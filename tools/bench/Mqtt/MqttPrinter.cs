using Spectre.Console;

namespace Edge.Bench.Mqtt;

/// <summary>Trials as a technician reads them.</summary>
internal static class MqttPrinter
{
    /// <summary>Prints a table.</summary>
    public static void Print(IReadOnlyList<RateTrial> trials)
    {
        Console.Out.WriteLine("From an utterance that is due to its answer, through the broker; callers come at random. Milliseconds");
        var table = Figures.Table("/s", ["sent", "lost", "", .. Figures.LatencyTitles]);
        foreach (var trial in trials)
        {
            table.AddRow([Figures.Number(trial.PerSecond, "0"), $"{trial.Sent}", $"{trial.Sent - trial.Answered}", "all", .. Figures.Latency(trial.Milliseconds)]);
            table.AddRow(["", "", "", "own", .. Figures.Latency(trial.InAppliance)]);
        }
        AnsiConsole.Write(table);
        Console.Out.WriteLine("\"own\" is the appliance's part of it, waiting in its queue included; \"lost\" got no answer, or an error.");
        if (Figures.DashNote(trials.Select(trial => trial.Milliseconds)) is { Length: > 0 } note)
            Console.Out.WriteLine(note);
    }

    /// <summary>What the trials mean for a budget, in a sentence.</summary>
    /// <param name="trials">Trials, by rate.</param>
    /// <param name="budgetMs">The budget.</param>
    /// <param name="isSearch">Whether the highest rate was looked for.</param>
    public static string Verdict(IReadOnlyList<RateTrial> trials, double budgetMs, bool isSearch)
    {
        if (trials.LastOrDefault(trial => trial.IsWithin(budgetMs)) is { } best)
        {
            return isSearch
                ? $"Up to {Figures.Number(best.PerSecond, "0")} utterances a second 99 of 100 callers wait at most {Figures.Number(budgetMs, "0.##")} ms."
                : $"Within the budget: 99 of 100 callers wait at most {Figures.Number(best.Milliseconds!.P99, "0.00")} ms of {Figures.Number(budgetMs, "0.##")} ms.";
        }
        var trial = trials[0];
        return trial.Answered < trial.Sent
            ? $"Over the budget: {trial.Sent - trial.Answered} of {trial.Sent} utterances were not answered{(trial.Refused > 0 ? $", {trial.Refused} of them refused" : "")}; the appliance's log and /readyz say why."
            : $"Over the budget: at {Figures.Number(trial.PerSecond, "0")} utterances a second one of 100 callers waits longer than {Figures.Number(trial.Milliseconds!.P99, "0.00")} ms; the budget is {Figures.Number(budgetMs, "0.##")} ms.";
    }
}
