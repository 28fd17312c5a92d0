namespace Edge.Trainer.LinearModels;

/// <summary>How linear models are trained. The defaults were chosen on data of two languages and hold for all heads.</summary>
internal sealed record LinearOptions
{
    /// <summary>Passes over the utterances for heads that judge a whole utterance, 1 to 100.</summary>
    public int Passes { get; init; } = 8;

    /// <summary>Passes over the utterances for span heads, 1 to 100.</summary>
    public int SpanPasses { get; init; } = 4;

    /// <summary>Step of AdaGrad for span heads, above 0 to 10.</summary>
    public double SpanLearningRate { get; init; } = 0.5;

    /// <summary>Where AdaGrad's sums of squared gradients start, above 0.</summary>
    public double FirstSquare { get; init; } = 1e-3;

    /// <summary>
    /// How often a feature of a token must occur to be learned, from 1: what was seen once only says little of other utterances.
    /// </summary>
    public int LeastTokenFeatureCount { get; init; } = 2;

    /// <summary>Seed of the order of utterances and of the folds.</summary>
    public int Seed { get; init; } = 1;
}
