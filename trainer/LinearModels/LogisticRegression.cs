using Edge.Trainer.Common;

namespace Edge.Trainer.LinearModels;

/// <summary>
/// Independent numbers from 0 to 1: a yes or no for each label of a <c>multi</c> head, or the value of a <c>score</c> head
/// (cross-entropy with the value as target, whose minimum is the mean). Trained once, then thread-safe.
/// </summary>
internal sealed class LogisticRegression
{
    private const int Bits = 20;

    private readonly HashedWeights _weights;

    private LogisticRegression(HashedWeights weights, int outputs) => (_weights, Outputs) = (weights, outputs);

    /// <summary>Number of outputs.</summary>
    public int Outputs { get; }

    /// <summary>Learns from examples.</summary>
    /// <param name="features">Features of each example.</param>
    /// <param name="targets">Targets of each example, 0 to 1; <c>null</c> is left out.</param>
    /// <param name="outputs">Number of targets.</param>
    /// <param name="rate">Step of AdaGrad.</param>
    /// <param name="options">Passes, seed.</param>
    /// <param name="cancellation">Ends the work between two passes.</param>
    public static LogisticRegression Fit(
        IReadOnlyList<FeatureSet> features, IReadOnlyList<float[]?> targets, int outputs, double rate, LinearOptions options,
        CancellationToken cancellation = default)
    {
        var weights = new HashedWeights(outputs, Bits, rate, options.FirstSquare);
        var gradient = new float[outputs];
        var order = Enumerable.Range(0, features.Count).Where(i => targets[i] is not null).ToArray();
        var random = SeededRandom.For(options.Seed, nameof(LogisticRegression));
        for (var pass = 0; pass < options.Passes; pass++)
        {
            cancellation.ThrowIfCancellationRequested();
            random.Shuffle(order);
            foreach (var example in order)
            {
                var set = features[example];
                weights.Score(set.Hashes, set.Value, gradient);
                for (var i = 0; i < outputs; i++)
                    gradient[i] = LinearMath.Sigmoid(gradient[i]) - targets[example]![i];
                weights.Descend(set.Hashes, set.Value, gradient);
            }
        }

        return new LogisticRegression(weights.Freeze(), outputs);
    }

    /// <summary>Score of each output: the logarithm of its odds.</summary>
    public float[] Scores(FeatureSet features)
    {
        var scores = new float[Outputs];
        _weights.Score(features.Hashes, features.Value, scores);
        return scores;
    }
}
