using Edge.Trainer.Common;
using Edge.Trainer.Model.Lora;

namespace Edge.Trainer.Training.FineTuning;

/// <summary>Which weights of a pretrained model learn from labels, and how much each label counts.</summary>
internal sealed record FineTuningOptions
{
    /// <summary>
    /// The embeddings and this many first layers stay as they are, 0 to the model's layers; <c>null</c>: everything learns.
    /// What is frozen takes no gradient and no memory of the optimizer.
    /// </summary>
    public int? FrozenLayers { get; init; }

    /// <summary>
    /// Trains low-rank additions instead of the encoder's weights (LoRA, Hu et al. 2021); <c>null</c>: the weights themselves.
    /// </summary>
    public LoraOptions? Lora { get; init; }

    /// <summary>What is done about rare labels.</summary>
    public ClassBalance Balance { get; init; }

    /// <summary>How many times more, or less, than the average a label may count, 1 to 1000.</summary>
    public double BalanceCap { get; init; } = 5;

    /// <summary>The same for a model that starts from nothing: all of it learns.</summary>
    public FineTuningOptions FromScratch() => this with { FrozenLayers = null, Lora = null };

    /// <summary>What is out of range.</summary>
    public IEnumerable<string> Problems(string place)
    {
        if (FrozenLayers is < 0 or > 1000)
            yield return SettingProblem.Of(place, nameof(FrozenLayers), FrozenLayers, "0 to the model's layers, or leave it out");
        foreach (var problem in Lora?.Problems(SettingProblem.Path(place, nameof(Lora))) ?? [])
            yield return problem;
        if (BalanceCap is not (>= 1 and <= 1000))
            yield return SettingProblem.Of(place, nameof(BalanceCap), BalanceCap, "1 to 1000");
    }

    /// <summary>What does not fit a model.</summary>
    public IEnumerable<string> ProblemsFor(int layers)
    {
        if (FrozenLayers > layers)
            yield return $"--freeze is {FrozenLayers}; the model has {layers} layers: use 0 to {layers}";
        if (Lora is not null && FrozenLayers == layers)
            yield return $"--freeze is {FrozenLayers}, all layers; LoRA needs one that is not frozen: use 0 to {layers - 1}";
    }
}
