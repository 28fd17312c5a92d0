using Edge.Trainer.Pipelines;

namespace Edge.Trainer.Tuning;

/// <summary>What <c>edge-trainer tune</c> was asked to do.</summary>
internal sealed record TuneOptions
{
    /// <summary>Data, sizes, teacher, budget and seed, as <c>run</c> has them; <see cref="RunOptions.Out"/> is the file to write.</summary>
    public required RunOptions Run { get; init; }

    /// <summary>Names of <see cref="TunedParameter.All"/>.</summary>
    public IReadOnlyList<string> Parameters { get; init; } = TunedParameter.Usual;

    /// <summary>Settings that are tried first, 3 to 243; <c>null</c>: as many as the budget lets learn something.</summary>
    public int? Trials { get; init; }

    /// <summary>Table of the trials, beside the settings.</summary>
    public string TrialsFile => Path.ChangeExtension(Run.Out, ".trials.csv");

    /// <summary>Everything that is wrong.</summary>
    public IEnumerable<string> Problems()
    {
        foreach (var problem in Run.DataProblems().Concat(Run.ModelProblems()))
            yield return problem;
        if (Directory.Exists(Run.Out) || File.Exists(Run.Out))
            yield return $"--out {Run.Out}: exists; name a file that does not exist yet, such as recipe.json";
        foreach (var name in Parameters.Where(name => !TunedParameter.All.ContainsKey(name)))
            yield return $"--parameters: there is no {name}; use {string.Join(", ", TunedParameter.All.Keys)}";
        if (Parameters.Count == 0)
            yield return $"--parameters is empty; use one or more of {string.Join(", ", TunedParameter.All.Keys)}";
        if (Trials is < 3 or > 243)
            yield return $"--trials is {Trials}; use 3 to 243";
        if (Run.BudgetMinutes is not (>= 0.05 and <= 10_000))
            yield return $"--budget-minutes is {Run.BudgetMinutes}; use 0.05 to 10000";
        foreach (var problem in Run.TrainingProblems())
            yield return problem;
    }
}
