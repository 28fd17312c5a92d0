using Edge.Bench.Common;
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
            table.AddRow(
                [Rate(trial.PerSecond), $"{trial.Sent}", $"{trial.Sent - trial.Answered}", "all", .. Figures.Latency(trial.Milliseconds)]);
            table.AddRow(["", "", "", "own", .. Figures.Latency(trial.InAppliance)]);
        }
        AnsiConsole.Write(table);
        Console.Out.WriteLine("\"own\" is the appliance's part of it, waiting in its queue included; \"lost\" got no answer, or an error.");
        if (Figures.DashNote(trials.Select(trial => trial.Milliseconds)) is { Length: > 0 } note)
            Console.Out.WriteLine(note);
    }

    /// <summary>What a trial means for a budget, in a sentence.</summary>
    /// <param name="trial">The highest rate within the budget; where there is none, the lowest.</param>
    /// <param name="verdict">The trial, held against the budget; <c>null</c>: an utterance was not answered.</param>
    /// <param name="isSearch">Whether the highest rate was looked for.</param>
    public static string Sentence(RateTrial trial, BudgetVerdict? verdict, bool isSearch) => verdict is null
        ? $"Over the budget: {trial.Sent - trial.Answered} of {trial.Sent} utterances were not " +
            $"answered{(trial.Refused > 0 ? $", {trial.Refused} of them refused" : "")}; the appliance's log and /readyz say why."
        : verdict.Sentence($" {(isSearch && verdict.IsWithin ? "up to" : "at")} {Rate(trial.PerSecond)} utterances a second");

    /// <summary>A rate.</summary>
    public static string Rate(double perSecond) => Figures.Number(perSecond, "0.#");
}
