using Edge.Trainer.Common;

namespace Edge.Trainer.LinearModels;

/// <summary>One label of several: multinomial logistic regression over hashed features. Trained once, then thread-safe.</summary>
internal sealed class SoftmaxRegression
{
    private const int Bits = 20;

    private readonly HashedWeights _weights;

    private SoftmaxRegression(HashedWeights weights, int labels) => (_weights, Labels) = (weights, labels);

    /// <summary>Number of labels.</summary>
    public int Labels { get; }

    /// <summary>Learns from examples.</summary>
    /// <param name="features">Features of each example.</param>
    /// <param name="labels">Label of each example; negative ones are left out.</param>
    /// <param name="count">Number of labels.</param>
    /// <param name="rate">Step of AdaGrad.</param>
    /// <param name="options">Passes, seed.</param>
    /// <param name="cancellation">Ends the work between two passes.</param>
    public static SoftmaxRegression Fit(
        IReadOnlyList<FeatureSet> features, IReadOnlyList<int> labels, int count, double rate, LinearOptions options,
        CancellationToken cancellation = default)
    {
        var weights = new HashedWeights(count, Bits, rate, options.FirstSquare);
        var gradient = new float[count];
        var order = Enumerable.Range(0, features.Count).Where(i => labels[i] >= 0).ToArray();
        var random = SeededRandom.For(options.Seed, nameof(SoftmaxRegression));
        for (var pass = 0; pass < options.Passes; pass++)
        {
            cancellation.ThrowIfCancellationRequested();
            random.Shuffle(order);
            foreach (var example in order)
            {
                // d cross-entropy / d score = probability - target
                var set = features[example];
                weights.Score(set.Hashes, set.Value, gradient);
                LinearMath.Softmax(gradient);
                gradient[labels[example]] -= 1;
                weights.Descend(set.Hashes, set.Value, gradient);
            }
        }

        return new SoftmaxRegression(weights.Freeze(), count);
    }

    /// <summary>Score of each label: the logarithm of its probability up to a constant.</summary>
    public float[] Scores(FeatureSet features)
    {
        var scores = new float[Labels];
        _weights.Score(features.Hashes, features.Value, scores);
        return scores;
    }
}
