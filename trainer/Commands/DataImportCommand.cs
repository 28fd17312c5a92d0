using System.CommandLine;
using System.Text.RegularExpressions;
using Edge.Bundles.Common;
using Edge.Trainer.Data;
using Edge.Trainer.Data.Files;
using Edge.Trainer.Data.Importing;
using Edge.Trainer.Synthesis;

namespace Edge.Trainer.Commands;

/// <summary><c>edge-trainer data import</c>: what annotation tools and public data sets write becomes the trainer's JSON Lines.</summary>
internal static partial class DataImportCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Create()
    {
        var files = new Argument<string[]>("FILE")
        {
            Arity = ArgumentArity.OneOrMore,
            Description = $"Files of {string.Join(", ", ImportFormats.All.Select(format => format.Name))}; recognised by their content."
        };
        var output = new Option<string>("--out")
        {
            Required = true, HelpName = "DIR",
            Description = "Folder for train.jsonl, or dev.jsonl or test.jsonl where a file's name says that it is dev, valid or test."
        };
        var tags = new Option<string?>("--tags")
        {
            HelpName = "NAMES", Description = "Names of the tags where a file has their numbers, in their order: O,B-PER,I-PER,..."
        };
        var offsets = new Option<string?>("--offsets")
        {
            HelpName = "UNIT",
            Description = $"What start and end of spans count: {OffsetUnits.Known}. Without it what the tool that wrote the file counts."
        };
        var force = new Option<bool>("--force") { Description = "Replace files of an earlier call in --out." };
        var command = new Command(
            "import",
            "Reads files of annotation tools and public data sets, says what it took and what it left, and writes JSON Lines.\n" +
            "Example: edge-trainer data import project-1.json --out data/imported")
        {
            files, output, tags, offsets, force,
        };
        command.SetAction(arguments => CommandGuard.Run("data import", Console.Error, () =>
        {
            var options = new ImportOptions
            {
                Tags = arguments.GetValue(tags)?.Split(',', StringSplitOptions.TrimEntries) ?? [],
                Offsets = OffsetUnits.Parse(arguments.GetValue(offsets)),
            };
            return Run(arguments.GetRequiredValue(files), options, arguments.GetRequiredValue(output), arguments.GetValue(force));
        }));
        return command;
    }

    private static int Run(string[] files, ImportOptions options, string folder, bool force)
    {
        // 1. Every file is read, and what is to be replaced is known, before anything is written.
        var splits = new Dictionary<string, List<LabelledUtterance>>(StringComparer.Ordinal);
        foreach (var file in files)
        {
            var split = Path.Combine(folder, SplitOf(file) + ".jsonl");
            (splits.TryGetValue(split, out var utterances) ? utterances : splits[split] = []).AddRange(Read(file, options));
        }

        UserException.ThrowIfAny([.. splits.Where(split => split.Value.Count == 0)
            .Select(split => $"nothing could be taken for {split.Key}: the lines above say why; nothing was written")]);
        if (!force)
            UserException.ThrowIfAny(
                [.. splits.Keys.Where(File.Exists).Select(file => $"{file} exists; name another folder, or use --force to replace it")]);

        // 2. Written.
        Directory.CreateDirectory(folder);
        foreach (var (file, utterances) in splits)
        {
            UtteranceWriter.Write(file, utterances);
            Console.WriteLine($"{file}: {utterances.Count} utterances; {Describe(utterances)}");
        }

        Console.WriteLine($"next: edge-trainer data check {folder}");
        return ExitCode.Done;
    }

    private static IReadOnlyList<LabelledUtterance> Read(string path, ImportOptions options)
    {
        var file = TextFile.Read(path);
        var source = ImportSource.Of(file);
        var format = ImportFormats.Of(source) ?? throw new DataException(
            $"{path} is of none of these formats: {string.Join(", ", ImportFormats.All.Select(known => known.Name))}. Rows with a text " +
            $"and labels need no import: edge-trainer data check \"{path}\"");
        var report = new ImportReport(path);
        format.Read(source, options, report);
        foreach (var (line, problem) in source.Broken) report.Leave(line, problem);
        Console.WriteLine(
            $"{path}: {format.Name} in {file.Encoding}; {report.Rows} rows, {report.Utterances.Count} taken and {report.Left} left");
        foreach (var line in report.Lines()) Console.WriteLine(line);
        return report.Utterances;
    }

    private static string Describe(IReadOnlyList<LabelledUtterance> utterances)
    {
        var heads = utterances.SelectMany(utterance => utterance.Single.Select(pair => (Head: pair.Key, Label: pair.Value))
                .Concat(utterance.Multi.SelectMany(pair => pair.Value.Select(label => (Head: pair.Key, Label: label))))
                .Concat(utterance.Spans.SelectMany(pair => pair.Value.Select(span => (Head: pair.Key, Label: span.Label)))))
            .GroupBy(entry => entry.Head, StringComparer.Ordinal)
            .Select(head =>
                $"{head.Key} {head.Count()} of {head.Select(entry => entry.Label).Distinct(StringComparer.Ordinal).Count()} labels");
        return string.Join(", ", heads) is { Length: > 0 } described ? described : "no labels";
    }

    private static string SplitOf(string path)
    {
        var named = SplitName().Match(Path.GetFileNameWithoutExtension(path).ToLowerInvariant()).Groups["split"].Value;
        return named switch
        {
            "" or "train" => "train",
            "test" => "test",
            _ => "dev",
        };
    }

    [GeneratedRegex("(^|[^a-z])(?<split>train|dev|validation|valid|val|test)([^a-z]|$)")]
    private static partial Regex SplitName();
}
