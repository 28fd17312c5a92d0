using Edge.Trainer.Data;
using Edge.Trainer.Data.Reading;

namespace Edge.Trainer.Synthesis;

/// <summary>Makes a data folder of generated utterances; it appears whole or not at all.</summary>
internal static class SynthFolder
{
    /// <summary>Writes the folder and returns what it holds.</summary>
    /// <exception cref="DataException">The options are out of range, or the folder is not empty and may not be replaced.</exception>
    public static DataSplits Write(SynthOptions options)
    {
        if (options.Count is < 100 or > 10_000_000) throw new DataException($"--count is {options.Count}; use 100 to 10000000.");
        if (!Grammar.Languages.Contains(options.Language))
            throw new DataException($"--language is '{options.Language}'; use {string.Join(" or ", Grammar.Languages)}.");
        var folder = Path.GetFullPath(options.Out).TrimEnd(Path.DirectorySeparatorChar);
        if (File.Exists(folder)) throw new DataException($"--out {options.Out} is a file; name a folder.");
        if (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any() && !options.Force)
            throw new DataException($"--out {options.Out} is not empty; name another folder, or use --force to replace what is in it.");

        var held = Math.Max(1, options.Count / 10);
        var synthesizer = new Synthesizer(options.Language, options.Seed);
        var data = new DataSplits
        {
            Train = synthesizer.Make(Split.Train, options.Count - (2 * held)),
            Dev = synthesizer.Make(Split.Dev, held),
            Test = synthesizer.Make(Split.Test, held),
        };
        var temporary = $"{folder}.{Environment.ProcessId}.tmp";
        try
        {
            Directory.CreateDirectory(temporary);
            UtteranceWriter.Write(Path.Combine(temporary, "train.jsonl"), data.Train);
            UtteranceWriter.Write(Path.Combine(temporary, "dev.jsonl"), data.Dev);
            UtteranceWriter.Write(Path.Combine(temporary, "test.jsonl"), data.Test);
            if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
            Directory.Move(temporary, folder);
        }
        finally
        {
            if (Directory.Exists(temporary)) Directory.Delete(temporary, recursive: true);
        }

        return data;
    }
}
