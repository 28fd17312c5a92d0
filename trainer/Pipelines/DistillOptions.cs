using Edge.Trainer.Model;

namespace Edge.Trainer.Pipelines;

/// <summary>What <c>edge-trainer distill</c> was asked to do.</summary>
internal sealed record DistillOptions
{
    /// <summary>
    /// Data, unlabelled utterances, student size, map and seed, as <c>run</c> has them; <see cref="RunOptions.Out"/> is the model's folder.
    /// </summary>
    public required RunOptions Run { get; init; }

    /// <summary>Folders of trained models: of <c>finetune</c>, or bundles whose students teach; one or more.</summary>
    public required IReadOnlyList<string> Teachers { get; init; }

    /// <summary>Most epochs of the student, above 0 to 10,000; <c>null</c>: the recipe's most.</summary>
    public double? Epochs { get; init; }

    /// <summary>
    /// Epochs of masked-language modelling of the student before, 0 to 10,000; <c>null</c>: none where it starts from the teacher's
    /// layers, else the recipe's most.
    /// </summary>
    public double? PretrainingEpochs { get; init; }

    /// <summary>Wall time of the student's training in minutes, 0.05 to 10,000; <c>null</c>: no limit.</summary>
    public double? Minutes { get; init; }

    /// <summary>Everything that is wrong.</summary>
    public IEnumerable<string> Problems()
    {
        foreach (var problem in Run.DataProblems())
            yield return problem;
        if (OutputFolder.IsTaken(Run.Out))
            yield return $"--out {Run.Out}: exists; name a folder that does not exist yet";
        foreach (var problem in Run.TrainingProblems())
            yield return problem;
        foreach (var teacher in Teachers.Where(teacher => !Directory.Exists(teacher)))
            yield return $"--teacher {teacher}: there is no such folder; name a folder of finetune, or a bundle";
        if (ModelSize.Problem("--student-size", Run.StudentSize) is { } ofSize)
            yield return ofSize;
        if (Epochs is not (null or (> 0 and <= 10_000)))
            yield return $"--epochs is {Epochs}; use above 0 to 10000";
        if (PretrainingEpochs is not (null or (>= 0 and <= 10_000)))
            yield return $"--pretraining-epochs is {PretrainingEpochs}; use 0 to 10000";
        if (Minutes is not (null or (>= 0.05 and <= 10_000)))
            yield return $"--budget-minutes is {Minutes}; use 0.05 to 10000";
    }
}
