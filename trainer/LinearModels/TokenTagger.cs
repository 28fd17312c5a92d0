using Edge.Bundles.Decoding;
using Edge.Bundles.Tasks;
using Edge.Trainer.Common;
using Edge.Trainer.Examples;

namespace Edge.Trainer.LinearModels;

/// <summary>
/// Tags of a span head by a linear-chain conditional random field (Lafferty et al. 2001) over hashed features of each token's
/// neighbourhood, trained by AdaGrad on the exact gradient, one utterance a step. Its transitions are counted, as everywhere in Edge:
/// learned ones were no better (docs/adr/0012). Trained once, then thread-safe.
/// </summary>
internal sealed class TokenTagger
{
    private const int Bits = 22;

    // Features have all the same value: about 1 / sqrt(features of a token).
    private const float Value = 0.25f;

    private readonly HashedWeights _weights;
    private readonly TagTransitions _transitions;

    private TokenTagger(HashedWeights weights, TagTransitions transitions) => (_weights, _transitions) = (weights, transitions);

    /// <summary>Number of tags.</summary>
    public int Tags => _weights.Outputs;

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

        var weights = new HashedWeights(tags, Bits, options.SpanLearningRate, options.FirstSquare);
        var tagger = new TokenTagger(weights, TagTransitionEstimate.Of(tags, gold));
        var random = SeededRandom.For(options.Seed, nameof(TokenTagger));
        for (var pass = 0; pass < options.SpanPasses; pass++)
        {
            random.Shuffle(order);
            foreach (var i in order)
            {
                cancellation.ThrowIfCancellationRequested();
                tagger.Learn(sequences[i], gold[i]!, frequent);
            }
        }
        weights.Freeze();
        return tagger;
    }

    /// <summary>Logarithm of each tag's marginal probability, [tokens, tags].</summary>
    public float[] Scores(TokenSequence sequence)
    {
        var scores = Marginals(sequence, (token, features) => sequence.Write(token, features));
        for (var i = 0; i < scores.Length; i++)
            scores[i] = MathF.Log(Math.Max(scores[i], 1e-12f));
        return scores;
    }

    private void Learn(TokenSequence sequence, int[] gold, FeatureCounts frequent)
    {
        var gradient = Marginals(sequence, Write);
        Span<ulong> features = stackalloc ulong[TokenSequence.MostFeatures];
        for (var token = 0; token < sequence.Length; token++)
        {
            gradient[(token * Tags) + gold[token]] -= 1; // d -log P / d score = marginal - target
            _weights.Descend(features[..Write(token, features)], Value, gradient.AsSpan(token * Tags, Tags));
        }

        int Write(int token, Span<ulong> features) => frequent.Keep(features[..sequence.Write(token, features)]);
    }

    private delegate int FeatureWriter(int token, Span<ulong> features);

    private float[] Marginals(TokenSequence sequence, FeatureWriter write)
    {
        if (sequence.Length == 0)
            return [];
        var scores = new float[sequence.Length * Tags];
        Span<ulong> features = stackalloc ulong[TokenSequence.MostFeatures];
        for (var token = 0; token < sequence.Length; token++)
            _weights.Score(features[..write(token, features)], Value, scores.AsSpan(token * Tags, Tags));
        var marginals = new float[scores.Length];
        BioDecoder.Marginals(scores, _transitions, Tags, marginals);
        return marginals;
    }
}
