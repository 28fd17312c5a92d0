using System.Globalization;
using Edge.Bench.Common;
using Edge.Bench.Statistics;
using Spectre.Console;

namespace Edge.Bench.Model;

/// <summary>The report as a technician reads it.</summary>
internal sealed class ModelPrinter(ModelReport report)
{
    /// <summary>Prints tables, and sentences about what they mean.</summary>
    /// <param name="verdict"><c>null</c>: there is no budget.</param>
    public void Print(BudgetVerdict? verdict)
    {
        Console.Out.WriteLine($"Bundle {report.Bundle}; the appliance serves {report.Served} here. Milliseconds from text to answer.");
        Console.Out.WriteLine();

        Console.Out.WriteLine("One after another, one thread");
        var latency = Figures.Table("model", ["chars", "tokens", .. Figures.LatencyTitles, "count", "p50 ±"]);
        foreach (var row in report.Latency)
            latency.AddRow(
                [row.Precision, $"{row.Characters}", $"{row.Tokens}", .. Figures.Latency(row.Milliseconds), $"{row.Milliseconds.Count}",
                    Half(row.Median)]);
        AnsiConsole.Write(latency);

        if (report.Batches.Count > 0)
        {
            Console.Out.WriteLine(
                $"Several utterances of {report.Batches[0].Characters} characters a run, the model alone, one thread; int8 takes " +
                "one a run");
            var batches = Figures.Table("model", "a run", "p50", "±", "an utterance");
            foreach (var row in report.Batches)
                batches.AddRow(row.Precision, $"{row.Utterances}", Figures.Number(row.RunMs.Middle, "0.00"), Half(row.RunMs),
                    Figures.Number(row.PerUtteranceMs, "0.00"));
            AnsiConsole.Write(batches);
        }

        Console.Out.WriteLine($"As callers come, {report.UsualCharacters} characters, from when each was due");
        var arriving = Figures.Table("callers", ["model", "/s", .. Figures.LatencyTitles, "count"]);
        foreach (var row in report.Arriving)
            arriving.AddRow(
                [row.How, row.Precision, Figures.Number(row.PerSecond, "0"), .. Figures.Latency(row.Milliseconds),
                    $"{row.Milliseconds.Count}"]);
        AnsiConsole.Write(arriving);

        Console.Out.WriteLine($"Answers a second, {report.UsualCharacters} characters");
        var throughput = Figures.Table("model", "workers", "a second", "95 %");
        foreach (var (precision, workers, perSecond) in report.Throughput)
            throughput.AddRow(precision, $"{workers}", Figures.Number(perSecond.Middle, "0"), $"{perSecond.Low:0} to {perSecond.High:0}");
        AnsiConsole.Write(throughput);

        Console.Out.WriteLine(
            "A fresh process, and what an answer takes of memory beyond itself, with a number in the utterance or without");
        var models = Figures.Table("model", "file", "open", "session, again", "answer, again", "resident", "an answer");
        foreach (var row in report.Models)
        {
            models.AddRow(row.Precision, $"{Figures.Number(row.FileMegabytes, "0.0")} MB", $"{Figures.Number(row.StartUp.OpenMs, "0")} ms",
                $"{Figures.Number(row.StartUp.FirstSessionMs, "0")}, {Figures.Number(row.StartUp.SessionMs, "0")} ms",
                $"{Figures.Number(row.StartUp.FirstAnswerMs, "0.0")}, {Figures.Number(row.StartUp.SecondAnswerMs, "0.0")} ms",
                $"{Figures.Number(row.StartUp.ResidentMegabytes, "0")} MB", $"{Figures.Number(row.BytesBeyondTheAnswer, "0")} B");
        }
        AnsiConsole.Write(models);

        foreach (var sentence in Sentences(verdict))
            Console.Out.WriteLine(sentence);
    }

    /// <summary>What the tables mean.</summary>
    /// <param name="verdict"><c>null</c>: there is no budget.</param>
    public IEnumerable<string> Sentences(BudgetVerdict? verdict)
    {
        if (Figures.DashNote(
            [.. report.Latency.Select(row => row.Milliseconds),
                .. report.Arriving.Select(row => row.Milliseconds)]) is { Length: > 0 } note)
            yield return note;
        foreach (var (precision, reason) in report.NotMeasured)
            yield return $"{precision} is in the bundle, too; it is {reason}.";
        yield return $"Text to answer takes {report.OverModelAlone} times the model alone.";
        if (!report.IsSettled)
            yield return report.Box.TooNoisyFor($"medians within {ClosedLoop.GoodWidth:0 %}");
        else if (report.Box.Disturbances() is { Count: > 0 } disturbances)
            yield return $"Medians are steady, slow ones may be the box's: {string.Join("; ", disturbances)}.";
        if (verdict is not null)
            yield return verdict.Sentence();
    }

    // Half of the median's interval, as a part of it.
    private static string Half(MedianInterval median) => (median.RelativeWidth / 2).ToString("0 %", CultureInfo.InvariantCulture);
}
