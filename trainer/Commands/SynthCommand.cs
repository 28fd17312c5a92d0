using System.CommandLine;
using System.Globalization;
using Edge.Trainer.Data;
using Edge.Trainer.Data.Reading;
using Edge.Trainer.DataCheck;
using Edge.Trainer.Synthesis;

namespace Edge.Trainer.Commands;

/// <summary><c>edge-trainer synth</c>: generated call-centre utterances to try everything with before a site has data of its own.</summary>
internal static class SynthCommand
{
    private const int Samples = 3, LabelsShown = 8;

    /// <summary>The command. It exits with 2 and one line on standard error where the options cannot be done.</summary>
    public static Command Create()
    {
        var directory = new Option<string>("--out")
        {
            Description = "Folder for train.jsonl, dev.jsonl and test.jsonl", Required = true, HelpName = "DIR"
        };
        var count = new Option<int>("--count")
        {
            Description = "Utterances in all, 100 to 10000000; 80 % train, 10 % dev, 10 % test",
            DefaultValueFactory = _ => 20_000,
            HelpName = "N",
        };
        var seed = new Option<int>("--seed")
        {
            Description = "The same seed gives the same utterances", DefaultValueFactory = _ => 1, HelpName = "N"
        };
        var language = new Option<string>("--language") { Description = "zh or en", DefaultValueFactory = _ => "zh", HelpName = "zh|en" };
        var force = new Option<bool>("--force") { Description = "Replace a folder that is not empty" };
        var command = new Command(
            "synth",
            "Make realistic call-centre utterances with intent, sentiment and entities. "
            + "Dev and test use templates and entity values that train lacks.\n\n"
            + "Example: edge-trainer synth --out data/demo --count 20000 --seed 1 --language zh")
        {
            directory, count, seed, language, force,
        };
        command.SetAction(result => Run(new SynthOptions
        {
            Out = result.GetValue(directory)!,
            Count = result.GetValue(count),
            Seed = result.GetValue(seed),
            Language = result.GetValue(language)!,
            Force = result.GetValue(force),
        }));
        return command;
    }

    private static int Run(SynthOptions options)
    {
        try
        {
            var data = SynthFolder.Write(options);
            foreach (var line in Describe(data))
                Console.WriteLine(line);
            foreach (var utterance in data.Train.Take(Samples))
                Console.WriteLine(Show(utterance));
            Console.WriteLine($"Written to {options.Out}. Next: edge-trainer run --data {options.Out} --out bundles/demo");
            return 0;
        }
        catch (Exception e) when (e is DataException or IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine(e.Message);
            return 2;
        }
    }

    private static IEnumerable<string> Describe(DataSplits data)
    {
        yield return $"{Number(data.Train.Count)} utterances for training, {Number(data.Dev.Count)} dev, {Number(data.Test.Count)} test";
        foreach (var head in TaskInference.Infer(data.Train).Heads)
        {
            var labels = HeadFigures.Of(head, [data.Train]).Labels;
            var shown = labels.Take(LabelsShown).Select(label => $"{label.Label} {Number(label.Counts[0])}");
            var more = labels.Count > LabelsShown ? $" and {labels.Count - LabelsShown} more" : "";
            yield return $"{head.Name}: {labels.Count} labels: {string.Join(", ", shown)}{more}";
        }
    }

    private static string Number(int number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private static string Show(LabelledUtterance utterance)
    {
        var entities = utterance.Spans["entities"].Select(span => $"{span.Label} {utterance.Text[span.Start..span.End]}");
        return $"  {utterance.Text}   [{string.Join(", ", utterance.Single.Values.Concat(entities))}]";
    }
}
