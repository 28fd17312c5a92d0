using Edge.Trainer.Common;

namespace Edge.Trainer.Training;

/// <summary>How a phase trains.</summary>
internal sealed record LoopOptions
{
    // Optimizer

    /// <summary>Peak learning rate, above 0 to 0.1.</summary>
    public double LearningRate { get; init; } = 5e-4;

    /// <summary>Part of the phase in which the learning rate rises from 0; 0 to 0.9.</summary>
    public double WarmUp { get; init; } = 0.1;

    /// <summary>Decoupled weight decay, 0 to 1; none on biases and LayerNorm (Devlin et al. 2019).</summary>
    public double WeightDecay { get; init; } = 0.01;

    /// <summary>Largest norm of all gradients together; larger ones are scaled down to it. Above 0.</summary>
    public double GradientClip { get; init; } = 1;

    /// <summary>
    /// Factor of the learning rate from a layer to the one below it, above 0 to 1: lower layers of a pretrained model change
    /// less. 1: all the same.
    /// </summary>
    public double LayerDecay { get; init; } = 1;

    // Batches

    /// <summary>Utterances a step, 1 to 4096.</summary>
    public int BatchSize { get; init; } = 32;

    /// <summary>
    /// Share of the utterance's tokens that become [UNK] in training, 0 to below 1. A vocabulary made from the training text
    /// knows all of it: only so does the model learn to live with words it has never seen.
    /// </summary>
    public double WordDropout { get; init; }

    // Evaluation

    /// <summary>
    /// Evaluations on the dev set in a phase, evenly spread, 1 to 1000. The weights of the best one of the last quarter are kept, or of an
    /// earlier one that is better by the standard error of its score.
    /// </summary>
    public int Evaluations { get; init; } = 12;

    /// <summary>
    /// Evaluations in a row, in the last quarter of a phase, without a better score or a lower loss; then the phase ends. At least 1.
    /// </summary>
    public int Patience { get; init; } = 3;

    /// <summary>What is out of range: place, found, allowed.</summary>
    public IEnumerable<string> Problems(string place)
    {
        if (LearningRate is not (> 0 and <= 0.1))
            yield return SettingProblem.Of(place, nameof(LearningRate), LearningRate, "above 0 to 0.1");
        if (WarmUp is not (>= 0 and <= 0.9))
            yield return SettingProblem.Of(place, nameof(WarmUp), WarmUp, "0 to 0.9");
        if (WeightDecay is not (>= 0 and <= 1))
            yield return SettingProblem.Of(place, nameof(WeightDecay), WeightDecay, "0 to 1");
        if (GradientClip is not > 0)
            yield return SettingProblem.Of(place, nameof(GradientClip), GradientClip, "above 0");
        if (LayerDecay is not (> 0 and <= 1))
            yield return SettingProblem.Of(place, nameof(LayerDecay), LayerDecay, "above 0 to 1");
        if (BatchSize is < 1 or > 4096)
            yield return SettingProblem.Of(place, nameof(BatchSize), BatchSize, "1 to 4096");
        if (WordDropout is not (>= 0 and < 1))
            yield return SettingProblem.Of(place, nameof(WordDropout), WordDropout, "0 to below 1");
        if (Evaluations is < 1 or > 1000)
            yield return SettingProblem.Of(place, nameof(Evaluations), Evaluations, "1 to 1000");
        if (Patience < 1)
            yield return SettingProblem.Of(place, nameof(Patience), Patience, "1 or more");
    }
}
