namespace Edge.Trainer.LinearModels;

/// <summary>The state of a tagger in training.</summary>
internal sealed class TokenTaggerTrainer
{
    private const float Negligible = 1e-5f;

    private readonly int _tags;
    private readonly float _value;
    private readonly float _rate;
    private readonly FeatureCounts _frequent;
    private readonly TagMarginals _chain;
    private readonly float[] _transitions; // [stride, stride], as all below
    private readonly float[] _squares;
    private readonly float[] _factors;
    private readonly float[] _observed;
    private readonly ulong[] _features = new ulong[TokenSequence.MostFeatures];
    private float[] _states = []; // [tokens, stride]

    public TokenTaggerTrainer(int tags, int bits, float value, LinearOptions options, FeatureCounts frequent)
    {
        (_tags, _value, _rate, _frequent) = (tags, value, (float)options.SpanLearningRate, frequent);
        Weights = new SparseWeights(tags, bits, options.FirstSquare);
        var stride = Weights.Stride;
        _chain = new TagMarginals(stride);
        (_transitions, _squares) = (new float[stride * stride], new float[stride * stride]);
        (_factors, _observed) = (new float[stride * stride], new float[stride * stride]);
        _squares.AsSpan().Fill((float)options.FirstSquare);
        for (var previous = 0; previous < tags; previous++)
            _factors.AsSpan(previous * stride, tags).Fill(1);
    }

    /// <summary>Weights of features.</summary>
    public SparseWeights Weights { get; }

    /// <summary>exp(score of a tag behind another), [stride, stride]; 0 in the padding.</summary>
    public float[] Factors() => [.. _factors];

    /// <summary>Turns scores into factors of a path, the highest 1; the padding becomes 0.</summary>
    public static void Exponentiate(Span<float> row, int tags)
    {
        var highest = float.NegativeInfinity;
        foreach (var score in row[..tags])
            highest = Math.Max(highest, score);
        for (var tag = 0; tag < tags; tag++)
            row[tag] = MathF.Exp(row[tag] - highest);
        row[tags..].Clear();
    }

    /// <summary>One step on one utterance: expected less observed counts of tags and of pairs of tags.</summary>
    public void Step(TokenSequence sequence, int[] gold)
    {
        var (stride, tokens) = (Weights.Stride, sequence.Length);
        if (_states.Length < tokens * stride)
            _states = new float[tokens * stride];
        var states = _states.AsSpan(0, tokens * stride);
        for (var token = 0; token < tokens; token++)
        {
            var row = states.Slice(token * stride, stride);
            Weights.Score(Features(sequence, token), _value, row);
            Exponentiate(row, _tags);
        }

        _chain.Run(states, _factors, tokens, withPairs: true);
        for (var token = 0; token < tokens; token++)
        {
            var gradient = states.Slice(token * stride, stride);
            gradient[gold[token]] -= 1;
            Weights.Descend(Features(sequence, token), _value, gradient, _rate);
        }

        if (tokens > 1)
            StepTransitions(gold, stride);
    }

    private void StepTransitions(int[] gold, int stride)
    {
        var pairs = _chain.Pairs;
        for (var i = 1; i < gold.Length; i++)
            _observed[(gold[i - 1] * stride) + gold[i]]++;
        foreach (var previous in _chain.Reached.Concat(gold[..^1]).Distinct())
        {
            for (var at = previous * stride; at < (previous * stride) + _tags; at++)
            {
                var gradient = (pairs[at] * _factors[at]) - _observed[at];
                _observed[at] = 0;
                // Most pairs of tags are neither expected nor seen in an utterance.
                if (Math.Abs(gradient) < Negligible)
                    continue;
                _squares[at] += gradient * gradient;
                _transitions[at] -= _rate * gradient / MathF.Sqrt(_squares[at]);
                _factors[at] = MathF.Exp(_transitions[at]);
            }
        }
    }

    private ReadOnlySpan<ulong> Features(TokenSequence sequence, int token)
    {
        var count = sequence.Write(token, _features);
        return _features.AsSpan(0, _frequent.Keep(_features.AsSpan(0, count)));
    }
}
