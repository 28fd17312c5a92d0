using Edge.Trainer.Common;

namespace Edge.Trainer.LinearModels;

/// <summary>
/// Tags of a span head by a linear-chain conditional random field (Lafferty et al. 2001) over hashed features of each token's
/// neighbourhood, trained by AdaGrad on the exact gradient, one utterance a step. Trained once, then thread-safe.
/// </summary>
internal sealed class TokenTagger
{
    private const int Bits = 22;

    // Features have all the same value: about 1 / sqrt(features of a token).
    private const float Value = 0.25f;

    private readonly SparseWeights _weights;
    private readonly float[] _factors; // [stride, stride]: exp(score of a tag behind another)

    private TokenTagger(SparseWeights weights, float[] factors, int tags) => (_weights, _factors, Tags) = (weights, factors, tags);

    /// <summary>Number of tags.</summary>
    public int Tags { get; }

    /// <summary>Learns from examples.</summary>
    /// <param name="sequences">Tokens of each example.</param>
    /// <param name="gold">Tag of each token; <c>null</c> is left out.</param>
    /// <param name="tags">Number of tags.</param>
    /// <param name="options">Passes, step, seed.</param>
    /// <param name="cancellation">Ends the work between two examples.</param>
    public static TokenTagger Fit(
        IReadOnlyList<TokenSequence> sequences, IReadOnlyList<int[]?> gold, int tags, LinearOptions options,
        CancellationToken cancellation = default)
    {
        var order = Enumerable.Range(0, sequences.Count).Where(i => gold[i] is { Length: > 0 }).ToArray();
        var frequent = new FeatureCounts(Bits, options.LeastTokenFeatureCount);
        foreach (var i in order)
            frequent.Add(sequences[i]);

        var trainer = new TokenTaggerTrainer(tags, Bits, Value, options, frequent);
        var random = SeededRandom.For(options.Seed, nameof(TokenTagger));
        for (var pass = 0; pass < options.SpanPasses; pass++)
        {
            random.Shuffle(order);
            foreach (var i in order)
            {
                cancellation.ThrowIfCancellationRequested();
                trainer.Step(sequences[i], gold[i]!);
            }
        }

        return new TokenTagger(trainer.Weights.Freeze(), trainer.Factors(), tags);
    }

    /// <summary>Logarithm of each tag's marginal probability, [tokens, tags].</summary>
    public float[] Scores(TokenSequence sequence)
    {
        var stride = _weights.Stride;
        var states = new float[sequence.Length * stride];
        Span<ulong> features = stackalloc ulong[TokenSequence.MostFeatures];
        for (var token = 0; token < sequence.Length; token++)
        {
            var row = states.AsSpan(token * stride, stride);
            _weights.Score(features[..sequence.Write(token, features)], Value, row);
            TokenTaggerTrainer.Exponentiate(row, Tags);
        }

        if (sequence.Length > 0)
            new TagMarginals(stride).Run(states, _factors, sequence.Length, withPairs: false);
        var scores = new float[sequence.Length * Tags];
        for (var token = 0; token < sequence.Length; token++)
            for (var tag = 0; tag < Tags; tag++)
                scores[(token * Tags) + tag] = MathF.Log(Math.Max(states[(token * stride) + tag], 1e-12f));
        return scores;
    }
}
