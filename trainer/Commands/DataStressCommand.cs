using System.CommandLine;
using Edge.Bundles.Common;
using Edge.Trainer.Data;
using Edge.Trainer.Data.Reading;
using Edge.Trainer.Data.Stress;
using Edge.Trainer.Synthesis;

namespace Edge.Trainer.Commands;

/// <summary><c>edge-trainer data stress</c>: variants of a test set, one file a kind.</summary>
internal static class DataStressCommand
{
    private static readonly string[] Languages = ["zh", "en", "other"];

    /// <summary>Builds the command.</summary>
    public static Command Create()
    {
        var data = new Option<string>("--data")
        {
            Required = true, HelpName = "FILE", Description = "Labelled utterances: .jsonl, .csv or .json."
        };
        var output = new Option<string>("--out")
        {
            Required = true, HelpName = "DIR",
            Description = $"Folder for {string.Join(", ", StressKinds.All.Select(kind => kind + ".jsonl"))}."
        };
        var seed = new Option<int>("--seed")
        {
            HelpName = "N", DefaultValueFactory = _ => 1, Description = "The same seed gives the same variants."
        };
        var language = new Option<string?>("--language")
        {
            HelpName = "zh|en|other",
            Description = "Language of the utterances; other gets typos and asr only. Without it the script decides: zh or en."
        };
        var map = TrainerOptions.Map();
        var offsets = TrainerOptions.Offsets();
        var skipBad = TrainerOptions.SkipBad();
        var force = new Option<bool>("--force") { Description = "Replace files of an earlier call in --out." };
        var command = new Command(
            "stress",
            "Makes variants of labelled utterances with their labels and entities kept right: colloquial, with typos, long, and as " +
            "speech recognition writes them.\n" +
            "Example: edge-trainer data stress --data data/calls/test.jsonl --out data/stress --seed 1")
        {
            data, output, seed, language, map, offsets, skipBad, force,
        };
        command.SetAction(arguments => CommandGuard.Run("data stress", Console.Error, () =>
        {
            if (arguments.GetValue(language) is { } named && !Languages.Contains(LanguageTag.Primary(named)))
                throw new UserException(
                    $"--language is '{named}'; use zh, en (a region may follow, as in zh-CN), or other, which gets typos and asr only");
            var notes = new List<string>();
            var read = new DataReadOptions
            {
                Map = ColumnMap.Parse(arguments.GetValue(map)), Offsets = OffsetUnits.Parse(arguments.GetValue(offsets)),
                SkipBadFile = arguments.GetValue(skipBad),
            };
            var test = DataFile.Read(arguments.GetRequiredValue(data), read, notes, out var account);
            Console.Error.WriteLine(account);
            foreach (var note in notes)
                Console.Error.WriteLine($"note: {note}");
            var spoken = arguments.GetValue(language) ?? LanguageGuess.Of(test.Select(utterance => utterance.Text));
            Write(StressSet.Create(test, spoken, arguments.GetValue(seed)), test, arguments.GetRequiredValue(output),
                arguments.GetValue(force));
            return ExitCode.Done;
        }));
        return command;
    }

    private static void Write(
        IReadOnlyDictionary<string, IReadOnlyList<LabelledUtterance>> sets, IReadOnlyList<LabelledUtterance> test, string folder,
        bool force)
    {
        var files = sets.Keys.ToDictionary(kind => kind, kind => Path.Combine(folder, kind + ".jsonl"));
        if (!force)
            UserException.ThrowIfAny(
                [.. files.Values.Where(File.Exists).Select(file => $"{file} exists; name another folder, or use --force to replace it")]);
        Directory.CreateDirectory(folder);
        foreach (var (kind, variants) in sets)
        {
            UtteranceWriter.Write(files[kind], variants);
            var changed = variants.Zip(test).Where(pair => pair.First.Text != pair.Second.Text).ToArray();
            Console.WriteLine($"{files[kind]}: {variants.Count} utterances, {changed.Length} changed");
            foreach (var (variant, original) in changed.Take(1))
                Console.WriteLine($"  {original.Text} -> {variant.Text}");
        }
    }
}
