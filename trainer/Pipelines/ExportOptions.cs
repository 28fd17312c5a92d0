using Edge.Bundles;

namespace Edge.Trainer.Pipelines;

/// <summary>What <c>edge-trainer export</c> was asked to do.</summary>
internal sealed record ExportOptions
{
    /// <summary>Data, output, seed and threads, as <c>run</c> has them.</summary>
    public required RunOptions Run { get; init; }

    /// <summary>Folder of <c>finetune</c>, or a bundle.</summary>
    public required string Model { get; init; }

    /// <summary>Everything that is wrong.</summary>
    public IEnumerable<string> Problems()
    {
        if (!File.Exists(Path.Combine(Model, ModelFolder.Task)) && !File.Exists(Path.Combine(Model, BundleFiles.Manifest)))
            yield return $"--model {Model}: there is no {ModelFolder.Task} and no {BundleFiles.Manifest}; name a folder that " +
                "edge-trainer finetune wrote, or a bundle";
        foreach (var problem in Run.DataProblems().Concat(Run.ComputeProblems()).Concat(OutputFolder.Problems(Run.Out, Run.Force)))
            yield return problem;
        if (Run.AcceptedAccuracyProblem() is { } accepted)
            yield return accepted;
    }
}
