using Edge.Trainer.Model;

namespace Edge.Trainer.Pipelines;

/// <summary>What <c>edge-trainer finetune</c> was asked to do.</summary>
internal sealed record FineTuneOptions
{
    /// <summary>Data, task file, map and seed, as <c>run</c> has them; <see cref="RunOptions.Out"/> is the model's folder.</summary>
    public required RunOptions Run { get; init; }

    /// <summary>Folder that training starts from; <c>null</c>: from nothing.</summary>
    public string? Init { get; init; }

    /// <summary>Size of a model that starts from nothing.</summary>
    public string Size { get; init; } = "micro";

    /// <summary>Epochs on labels, above 0 to 10,000.</summary>
    public double Epochs { get; init; } = 10;

    /// <summary>
    /// Epochs of masked-language modelling before them, 0 to 10,000; <c>null</c>: none with <see cref="Init"/>, the recipe's most without.
    /// </summary>
    public double? PretrainingEpochs { get; init; }

    /// <summary>Everything that is wrong.</summary>
    public IEnumerable<string> Problems()
    {
        foreach (var problem in Run.DataProblems())
            yield return problem;
        if (OutputFolder.IsTaken(Run.Out))
            yield return $"--out {Run.Out}: exists; name a folder that does not exist yet";
        foreach (var problem in Run.TrainingProblems())
            yield return problem;
        if (Init is not null && !Directory.Exists(Init))
            yield return $"--init {Init}: there is no such folder; name a Hugging Face directory, a folder of finetune, or a bundle";
        if (Init is null && ModelSize.Problem("--size", Size) is { } ofSize)
            yield return ofSize;
        if (Epochs is not (> 0 and <= 10_000))
            yield return $"--epochs is {Epochs}; use above 0 to 10000";
        if (PretrainingEpochs is not (null or (>= 0 and <= 10_000)))
            yield return $"--pretraining-epochs is {PretrainingEpochs}; use 0 to 10000";
    }
}
