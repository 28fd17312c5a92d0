using Edge.Trainer.Common;
using Edge.Trainer.Data.Cleaning;
using Edge.Trainer.Data.Importing;

namespace Edge.Trainer.Data.Reading;

/// <summary>Reads the data of a training run: <c>train</c>, <c>dev</c> and <c>test</c>, each as .jsonl, .csv, .tsv or .json.</summary>
internal static class DataFolder
{
    private static readonly string[] Splits = ["train", "dev", "test"];

    /// <summary>
    /// Reads a folder, or one file that is taken as the training data. Where dev or test is missing it is split off the
    /// training data, stratified and seeded, and a note says so.
    /// </summary>
    /// <exception cref="DataException">There is no training data, or too little to split.</exception>
    /// <exception cref="BadRowsException">
    /// Rows are bad and <see cref="DataReadOptions.SkipBadFile"/> is not set, or <see cref="DataReadOptions.BadRows"/> has all rows of a
    /// file.
    /// </exception>
    public static DataSplits Read(string path, DataReadOptions? options = null)
    {
        options ??= new DataReadOptions();
        var notes = new List<string>();
        var files = File.Exists(path) ? [path, null, null] : Splits.Select(split => Find(path, split)).ToArray();
        if (files[0] is null)
        {
            throw new DataException(Directory.Exists(path)
                ? $"{path} has no training data; looked for {Candidates(path, "train")}.{ImportFormats.Hint(path)}"
                : $"{path}: there is no such folder or file; --data names a folder with train.jsonl (or .csv, .json), or one such file.");
        }

        var raw = files.Select(file => file is null ? RawFile.None : DataFile.ReadRows(file, options, notes)).ToArray();
        var read = RowChecker.Check(raw, options, notes);
        FileAccount[] accounts = [.. read.Select(file => file.Account).Where(account => account.Rows > 0)];
        var (train, dev, test) = (read[0].Utterances, read[1].Utterances, read[2].Utterances);
        foreach (var account in accounts)
            if (account.Utterances == 0)
            {
                throw options.BadRows is { } bad
                    ? new BadRowsException([.. bad], raw.Sum(file => file.Rows.Count), accounts)
                    : new DataException($"{account.File}: none of its rows can be used; {options.SkipBadFile} lists why.");
            }

        var cleaner = new Cleaner(options.Preparation.Cleaning);
        (train, dev, test) = (cleaner.Apply(train), cleaner.Apply(dev), cleaner.Apply(test));
        notes.AddRange(cleaner.Notes);
        if (files[2] is null) (train, test) = SplitOff(train, options.TestShare, "test", options, notes);
        if (files[1] is null) (train, dev) = SplitOff(train, options.DevShare, "dev", options, notes);
        if (options.Preparation.RemoveNearDuplicates)
        {
            var kept = NearDuplicateRemoval.Apply(train, options.Preparation.NearDuplicateSimilarity);
            notes.Add($"{train.Count - kept.Count} of {train.Count} training utterances were left out because an earlier one says nearly " +
                "the same.");
            train = kept;
        }

        return new DataSplits { Train = train, Dev = dev, Test = test, Notes = notes, Files = accounts };
    }

    private static (IReadOnlyList<LabelledUtterance> Remainder, IReadOnlyList<LabelledUtterance> Part) SplitOff(
        IReadOnlyList<LabelledUtterance> train, double share, string name, DataReadOptions options, List<string> notes)
    {
        var (rest, part) = StratifiedSplit.Split(train, share, SeededRandom.For(options.Preparation.SplitSeed, name));
        if (part.Count == 0 || rest.Count == 0)
        {
            throw new DataException(
                $"The training data has {train.Count} utterances, too few to split a {name} set off; add more, or a {name}.jsonl of " +
                "your own.");
        }

        notes.Add($"There is no {name} file: {part.Count} of {train.Count} training utterances were split off for it (stratified, " +
            $"splitSeed {options.Preparation.SplitSeed}).");
        return (rest, part);
    }

    private static string? Find(string folder, string split)
    {
        var found = DataFile.Extensions.Select(extension => Path.Combine(folder, split + extension)).Where(File.Exists).ToArray();
        if (found.Length > 1) throw new DataException($"{string.Join(" and ", found)} both exist; keep one.");
        return found.FirstOrDefault();
    }

    private static string Candidates(string folder, string split) =>
        string.Join(", ", DataFile.Extensions.Select(extension => Path.Combine(folder, split + extension)));
}
