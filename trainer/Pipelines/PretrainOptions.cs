using Edge.Trainer.Data;
using Edge.Trainer.Data.Reading;
using Edge.Trainer.Model;
using Edge.Trainer.Model.Checkpoints;
using Edge.Trainer.Training.History;

namespace Edge.Trainer.Pipelines;

/// <summary>What <c>edge-trainer pretrain</c> was asked to do.</summary>
internal sealed record PretrainOptions
{
    /// <summary>Files with one text a line, or folders with such files (*.txt).</summary>
    public IReadOnlyList<string> Texts { get; init; } = [];

    /// <summary>Labelled data whose training utterances are read too; <c>null</c>: none.</summary>
    public string? Data { get; init; }

    /// <summary>
    /// Columns of the labelled data and what they mean (<see cref="ColumnMap"/>); <c>null</c>: names are taken as they stand.
    /// </summary>
    public string? Map { get; init; }

    /// <summary>What the offsets of the labelled data's spans count; <c>null</c>: UTF-16 units.</summary>
    public OffsetUnit? Offsets { get; init; }

    /// <summary>File that bad rows of the labelled data are written to; <c>null</c>: bad rows are an error.</summary>
    public string? SkipBadFile { get; init; }

    /// <summary>Hugging Face directory to write; must not exist, or be empty.</summary>
    public required string Out { get; init; }

    /// <summary>Hugging Face directory to start from, with its vocabulary; <c>null</c>: from nothing.</summary>
    public string? Init { get; init; }

    /// <summary>Size of a model that starts from nothing: a name of <see cref="ModelSizes.All"/> or <see cref="ModelSize.Form"/>.</summary>
    public string? Size { get; init; }

    /// <summary>Word pieces of a vocabulary that is made from the texts, 200 to 100,000.</summary>
    public int? Vocabulary { get; init; }

    /// <summary>Longest input in tokens, 16 to 512; longer lines are read in parts.</summary>
    public int MaxLength { get; init; } = 128;

    /// <summary>Passes over the texts, above 0 to 10,000; <c>null</c>: 10, or as many as the time allows.</summary>
    public double? Epochs { get; init; }

    /// <summary>Wall time of the training in minutes, 0.05 to 100,000; <c>null</c>: no limit.</summary>
    public double? BudgetMinutes { get; init; }

    /// <summary>Share of the tokens that are hidden, 0.05 to 0.5; 0.15 as in the paper.</summary>
    public double MaskedShare { get; init; } = 0.15;

    /// <summary>Seed of order, noise, initial weights and what is hidden, 0 or more.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Threads of libtorch, 1 to 1024; <c>null</c>: as libtorch decides.</summary>
    public int? Threads { get; init; }

    /// <summary>Go on with a pretraining that was ended.</summary>
    public bool Resume { get; init; }

    /// <summary>Minutes between two states of the training on the disk, 0 (after every step) to 1440.</summary>
    public double CheckpointMinutes { get; init; } = 5;

    /// <summary>Folder that TensorBoard event files are written to; <c>null</c>: none are.</summary>
    public string? TensorBoard { get; init; }

    /// <summary>Folder beside the result that keeps what is trained until the result stands.</summary>
    public string TrainingFolder => Path.TrimEndingDirectorySeparator(Path.GetFullPath(Out)) + ".training";

    /// <summary>Everything that is wrong, each with place, found, allowed and remedy.</summary>
    public IReadOnlyList<string> Problems()
    {
        var problems = new List<string>();
        if (Texts.Count == 0 && Data is null)
            problems.Add("--texts and --data are both absent; name files with one text a line, or labelled data");
        problems.AddRange(
            Texts.Where(path => !File.Exists(path) && !Directory.Exists(path))
                .Select(path => $"--texts {path}: there is no such file or folder"));
        if (Data is not null && !Directory.Exists(Data) && !File.Exists(Data))
            problems.Add($"--data {Data}: there is no such folder or file; name a folder with train.jsonl (or .csv, .json)");
        if (Data is null && (Map is not null || SkipBadFile is not null))
            problems.Add(
                $"{(Map is not null ? "--map" : "--skip-bad")} says how labelled data are read, and --data is absent; name the data, or " +
                "leave it out");
        if (ColumnMap.Problem(Map) is { } map)
            problems.Add(map);
        if (File.Exists(Out) || (Directory.Exists(Out) && Directory.EnumerateFileSystemEntries(Out).Any()))
            problems.Add($"--out {Out}: exists already; name a folder that does not exist yet");
        if (Directory.Exists(TrainingFolder) && !Resume)
            problems.Add(
                $"{TrainingFolder}: keeps a training that was ended; go on with it by --resume, or remove the folder to start again");
        if (Init is not null && !File.Exists(Path.Combine(Init, CheckpointFiles.Config)))
            problems.Add($"--init {Init}: there is no config.json; name a Hugging Face directory");
        if (Init is not null && (Size is not null || Vocabulary is not null))
            problems.Add("--init is given with --size or --vocabulary; a checkpoint brings its own");
        if (Size is not null && ModelSize.Problem("--size", Size) is { } ofSize)
            problems.Add(ofSize);
        Check(Vocabulary is null or (>= 200 and <= 100_000), "--vocabulary", Vocabulary, "200 to 100000");
        Check(MaxLength is >= 16 and <= 512, "--max-length", MaxLength, "16 to 512");
        Check(Epochs is null or (> 0 and <= 10_000), "--epochs", Epochs, "above 0 to 10000");
        Check(BudgetMinutes is null or (>= 0.05 and <= 100_000), "--budget-minutes", BudgetMinutes, "0.05 to 100000");
        Check(MaskedShare is >= 0.05 and <= 0.5, "--masked-share", MaskedShare, "0.05 to 0.5");
        Check(Seed >= 0, "--seed", Seed, "0 or more");
        Check(Threads is null or (>= 1 and <= 1024), "--threads", Threads, "1 to 1024, or leave it out");
        Check(CheckpointMinutes is >= 0 and <= 1440, "--checkpoint-minutes", CheckpointMinutes, "0 to 1440");
        if (TensorBoard is not null)
            problems.AddRange(TensorBoardLog.Problems(TensorBoard));
        return problems;

        void Check(bool allowed, string option, object? found, string range)
        {
            if (!allowed)
                problems.Add($"{option} is {found}; use {range}");
        }
    }
}
