using System.Globalization;
using Edge.Trainer.Data;
using Edge.Trainer.Data.Reading;
using Edge.Trainer.Model;
using Edge.Trainer.Model.Checkpoints;
using Edge.Trainer.Training.History;
using TorchSharp;

namespace Edge.Trainer.Pipelines;

/// <summary>What <c>edge-trainer run</c> was asked to do.</summary>
internal sealed record RunOptions
{
    /// <summary>Folder with train, dev and test, or one file.</summary>
    public required string Data { get; init; }

    /// <summary>Folder of the bundle; must not exist, or be empty, unless <see cref="Force"/> is set.</summary>
    public required string Out { get; init; }

    /// <summary>Replace a bundle that lies in <see cref="Out"/>.</summary>
    public bool Force { get; init; }

    /// <summary>Task file; <c>null</c>: heads are inferred from the data.</summary>
    public string? TaskFile { get; init; }

    /// <summary>Which columns are what; <c>null</c>: names as they stand.</summary>
    public string? Map { get; init; }

    /// <summary>What the offsets of spans count; <c>null</c>: UTF-16 units, and other ones that are sure to be are refused.</summary>
    public OffsetUnit? Offsets { get; init; }

    /// <summary>File that bad rows are written to; <c>null</c>: bad rows are an error.</summary>
    public string? SkipBadFile { get; init; }

    /// <summary>Utterances without labels, as text lines or as a data file; <c>null</c>: none.</summary>
    public string? Unlabelled { get; init; }

    /// <summary>Hugging Face directory that the teachers start from; <c>null</c>: from nothing.</summary>
    public string? Teacher { get; init; }

    /// <summary>
    /// Size of the teachers: a name of <see cref="ModelSizes.All"/> or <see cref="ModelSize.Form"/>; <c>null</c>: the student's.
    /// </summary>
    public string? TeacherSize { get; init; }

    /// <summary>Size of the student: a name of <see cref="ModelSizes.All"/> or <see cref="ModelSize.Form"/>.</summary>
    public string StudentSize { get; init; } = "micro";

    /// <summary>Wall time of the whole run in minutes, 0.05 to 10,000. Longer trains better up to the recipe's most epochs.</summary>
    public double BudgetMinutes { get; init; } = 20;

    /// <summary>
    /// Epochs of pretraining, teacher and student, and optionally the number of teachers (1), instead of a plan by time; each
    /// 0 to 10,000. A run with the same ones repeats exactly.
    /// </summary>
    public IReadOnlyList<double>? Epochs { get; init; }

    /// <summary>Seed of order, noise and initial weights, 0 or more.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Threads of libtorch, 1 to 1024; <c>null</c>: as libtorch decides.</summary>
    public int? Threads { get; init; }

    /// <summary>Share of a head's accepted answers that shall be right, 0.5 to 1; sets the thresholds.</summary>
    public double AcceptedAccuracy { get; init; } = 0.97;

    /// <summary>Folder that TensorBoard event files are written to; <c>null</c>: none are.</summary>
    public string? TensorBoard { get; init; }

    /// <summary>Copies of the model that share each step of learning from labels, 1 to 64; <c>null</c>: one a GPU.</summary>
    public int? Replicas { get; init; }

    /// <summary>Go on with the run that was ended before its bundle stood; from the beginning where none was.</summary>
    public bool Resume { get; init; }

    /// <summary>Minutes between two states of the training on the disk, 0 (after every step) to 1440.</summary>
    public double CheckpointMinutes { get; init; } = 2;

    /// <summary>Folder beside the bundle's that keeps what is trained until the bundle stands.</summary>
    public string TrainingFolder => Path.TrimEndingDirectorySeparator(Path.GetFullPath(Out)) + ".training";

    /// <summary>Everything that is wrong, each with place, found, allowed and remedy.</summary>
    public IReadOnlyList<string> Problems()
    {
        var problems = new List<string>(DataProblems());
        problems.AddRange(OutputFolder.Problems(Out, Force));
        problems.AddRange(ModelProblems());
        if (BudgetMinutes is not (>= 0.05 and <= 10_000))
            problems.Add($"--budget-minutes is {BudgetMinutes}; use 0.05 to 10000");
        if (EpochsProblem() is { } epochs)
            problems.Add(
                $"--epochs is {string.Join(',', Epochs!)}: {epochs}. Use three numbers for pretraining, teacher and student, and after " +
                "them the number of teachers where it is not 1, for example 0,6,12");
        if (AcceptedAccuracyProblem() is { } accepted)
            problems.Add(accepted);
        problems.AddRange(TrainingProblems());
        return problems;
    }

    private string? EpochsProblem() => Epochs switch
    {
        null => null,
        _ when Epochs.Any(double.IsNaN) => "NaN stands for what is no number",
        { Count: not (3 or 4) } => $"{(Epochs.Count == 1 ? "there is 1 number" : $"there are {Epochs.Count} numbers")}",
        _ when Epochs.Where(number => number is not (>= 0 and <= 10_000)).ToArray() is [var odd, ..] =>
            string.Create(CultureInfo.InvariantCulture, $"{odd} is out of range: use 0 to 10000"),
        [_, _, 0, ..] => "the student has 0 epochs, and it is what the bundle holds: use more",
        _ => null,
    };

    /// <summary>Has libtorch use <see cref="Threads"/>, where they were named.</summary>
    public void UseThreads()
    {
        if (Threads is { } threads)
            torch.set_num_threads(threads);
    }

    /// <summary>What is wrong about the data.</summary>
    public IEnumerable<string> DataProblems()
    {
        if (!Directory.Exists(Data) && !File.Exists(Data))
            yield return $"--data {Data}: there is no such folder or file; name a folder with train.jsonl (or .csv, .json)";
        if (TaskFile is not null && !File.Exists(TaskFile))
            yield return $"--task {TaskFile}: there is no such file; leave --task out to infer the heads from the data";
        if (Unlabelled is not null && !File.Exists(Unlabelled))
            yield return $"--unlabelled {Unlabelled}: there is no such file; name a text file with an utterance a line, or a .jsonl file";
        if (ColumnMap.Problem(Map) is { } map)
            yield return map;
    }

    /// <summary>What is wrong about the models.</summary>
    public IEnumerable<string> ModelProblems()
    {
        if (Teacher is not null && !File.Exists(Path.Combine(Teacher, CheckpointFiles.Config)))
            yield return $"--teacher {Teacher}: there is no config.json; name a Hugging Face directory with config.json, vocab.txt " +
                "and weights";
        if (Teacher is not null && TeacherSize is not null)
            yield return $"--teacher-size is {TeacherSize}, but --teacher {Teacher} has a size of its own; use one of them";
        if (TeacherSize is not null && ModelSize.Problem("--teacher-size", TeacherSize) is { } ofTeacher)
            yield return ofTeacher;
        if (ModelSize.Problem("--student-size", StudentSize) is { } ofStudent)
            yield return ofStudent;
    }

    /// <summary>What is wrong about how anything is computed.</summary>
    public IEnumerable<string> ComputeProblems()
    {
        if (Seed < 0)
            yield return $"--seed is {Seed}; use 0 or more";
        if (Threads is < 1 or > 1024)
            yield return $"--threads is {Threads}; use 1 to 1024, or leave it out";
    }

    /// <summary>What is wrong about how it is trained and kept.</summary>
    public IEnumerable<string> TrainingProblems()
    {
        foreach (var problem in ComputeProblems())
            yield return problem;
        if (Replicas is < 1 or > 64)
            yield return $"--replicas is {Replicas}; use 1 to 64, or leave it out for one a GPU";
        else if (Replicas > 1 && torch.cuda.is_available() && Replicas > torch.cuda.device_count())
            yield return $"--replicas is {Replicas}; there are {torch.cuda.device_count()} GPUs: use at most that";
        if (CheckpointMinutes is not (>= 0 and <= 1440))
            yield return $"--checkpoint-minutes is {CheckpointMinutes}; use 0 to 1440";
        if (Directory.Exists(TrainingFolder) && !Resume && !Force)
            yield return $"{TrainingFolder}: keeps a training that was ended; go on with it by --resume, or remove it to start again " +
                "(run: --force)";
        foreach (var problem in TensorBoard is null ? [] : TensorBoardLog.Problems(TensorBoard))
            yield return problem;
    }

    /// <summary>What is wrong about the thresholds' aim.</summary>
    public string? AcceptedAccuracyProblem() =>
        AcceptedAccuracy is >= 0.5 and <= 1 ? null : $"--accepted-accuracy is {AcceptedAccuracy}; use 0.5 to 1";
}
