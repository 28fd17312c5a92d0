using System.Buffers;
using Edge.Bundles.Tasks;

namespace Edge.Bundles.Decoding;

/// <summary>
/// The tags of an utterance as a linear-chain conditional random field (Lafferty et al. 2001): a path scores the sum of its logits
/// and of the bonuses of its transitions, and its probability is the exponential of that, divided by the sum over all paths
/// that BIO allows (forward-backward algorithm, Rabiner 1989).
/// </summary>
internal ref struct TagChain
{
    private readonly ReadOnlySpan<float> _logits; // [tokens, tags] of the utterance's own tokens
    private readonly ReadOnlySpan<bool> _joined; // by token, or empty
    private readonly int _tags;
    private readonly TransitionScores _transitions;
    private readonly TagPotentials _potentials;
    private double[]? _forward; // [tokens, tags], each token's sum is 1
    private double[]? _backward; // [tokens, tags], scaled by the same constants
    private double[]? _emissions; // [tokens, tags], exp((logit - highest of the token) / temperature)
    private double[]? _scales; // by token: what the forward weights were divided by

    /// <summary>Describes a chain; nothing is computed yet.</summary>
    /// <param name="logits">[tokens, tags] of the utterance's own tokens, at least one.</param>
    /// <param name="joined">By token, true where it continues the word of the token before; empty: none does.</param>
    /// <param name="transitions">Bonuses of the head.</param>
    /// <param name="temperature">Calibration temperature of the probabilities; it does not change the best path.</param>
    public TagChain(ReadOnlySpan<float> logits, ReadOnlySpan<bool> joined, TransitionScores transitions, float temperature)
    {
        _logits = logits;
        _joined = joined;
        _transitions = transitions;
        _tags = transitions.TagCount;
        _potentials = transitions.At(temperature);
    }

    private readonly int Tokens => _logits.Length / _tags;

    /// <summary>Finds the most probable path (Viterbi 1967).</summary>
    /// <param name="path">Receives a tag for each token.</param>
    public readonly void FindBestPath(Span<int> path)
    {
        var rented = ArrayPool<double>.Shared.Rent(path.Length * _tags);
        try
        {
            var scores = rented.AsSpan(0, path.Length * _tags);
            for (var i = 0; i < path.Length; i++)
            {
                var score = scores.Slice(i * _tags, _tags);
                if (i > 0)
                    Follow(scores.Slice((i - 1) * _tags, _tags), score, IsJoined(i));
                else
                    Start(score, 0, double.NegativeInfinity);
                VectorMath.Add(score, _logits.Slice(i * _tags, _tags));
            }

            path[^1] = VectorMath.IndexOfHighest(scores[^_tags..]);
            for (var i = path.Length - 1; i > 0; i--)
                path[i - 1] = Before(scores.Slice((i - 1) * _tags, _tags), path[i], IsJoined(i));
        }
        finally
        {
            ArrayPool<double>.Shared.Return(rented);
        }
    }

    /// <summary>Natural logarithm of a path's probability, at most 0; negative infinity for a path that BIO does not allow.</summary>
    public double LogProbability(ReadOnlySpan<int> path)
    {
        ComputeForward();
        var sum = 0.0;
        for (var i = 0; i < path.Length; i++)
        {
            if (i == 0 ? !MayStart(path[0]) : !MayFollow(path[i - 1], path[i], IsJoined(i)))
                return double.NegativeInfinity;
            sum += Math.Log(_emissions![(i * _tags) + path[i]]) - Math.Log(_scales![i]);
            if (i > 0)
                sum += Math.Log(_potentials.Of(path[i - 1], path[i]));
        }
        return double.IsNaN(sum) ? double.NegativeInfinity : Math.Min(sum, 0);
    }

    /// <summary>Natural logarithm of the sum over all paths of the exponentials of their scores.</summary>
    public double LogPartition()
    {
        ComputeForward();
        var sum = 0.0;
        for (var i = 0; i < Tokens; i++)
            sum += Math.Log(_scales![i]) + (VectorMath.Highest(_logits.Slice(i * _tags, _tags)) / (double)_potentials.Temperature);
        return sum;
    }

    /// <summary>Probability that the path passes these tags and the entity that they are ends with them.</summary>
    /// <param name="path">A path.</param>
    /// <param name="start">First token of an entity on it.</param>
    /// <param name="end">One past its last token.</param>
    public double EntityProbability(ReadOnlySpan<int> path, int start, int end)
    {
        ComputeForward();
        ComputeBackward();
        var weight = _forward![(start * _tags) + path[start]];
        for (var i = start + 1; i < end; i++)
            weight *= _potentials.Of(path[i - 1], path[i]) * _emissions![(i * _tags) + path[i]] / _scales![i];

        // All continuations, less those in which the entity is longer.
        var last = path[end - 1];
        var rest = _backward![((end - 1) * _tags) + last];
        if (end < Tokens)
        {
            var inside = BioTags.Inside(BioTags.Label(last));
            var at = (end * _tags) + inside;
            rest -= _potentials.Of(last, inside) * _emissions![at] * _backward[at] / _scales![end];
        }
        var probability = weight * rest;
        return double.IsNaN(probability) ? 0 : Math.Clamp(probability, 0, 1);
    }

    /// <summary>Writes the probability of each tag at each token, over all paths, [tokens, tags].</summary>
    public void WriteMarginals(Span<float> marginals)
    {
        ComputeForward();
        ComputeBackward();
        for (var i = 0; i < marginals.Length; i++)
            marginals[i] = (float)(_forward![i] * _backward![i]);
    }

    /// <summary>Gives the working memory back.</summary>
    public readonly void Dispose()
    {
        foreach (var rented in (ReadOnlySpan<double[]?>)[_forward, _backward, _emissions, _scales])
        {
            if (rented is not null)
                ArrayPool<double>.Shared.Return(rented);
        }
    }

    private readonly bool IsJoined(int token) => !_joined.IsEmpty && _joined[token];

    private static bool MayStart(int tag) => tag == BioTags.O || BioTags.IsBegin(tag);

    private static bool MayFollow(int previous, int next, bool isJoined) =>
        isJoined ? next == TagPairs.StayingTag(previous) : BioTags.MayFollow(previous, next);

    private static void Start(Span<double> weights, double allowed, double forbidden)
    {
        for (var tag = 0; tag < weights.Length; tag++)
            weights[tag] = MayStart(tag) ? allowed : forbidden;
    }

    // The best score with which each tag can be reached.
    private readonly void Follow(ReadOnlySpan<double> last, Span<double> score, bool isJoined)
    {
        var pairs = _transitions.Pairs;
        if (isJoined)
        {
            TagVectors.HighestBehind(last, pairs.Stay, double.NegativeInfinity, score);
            score[BioTags.O] = last[BioTags.O] + pairs.Stay[BioTags.O];
            return;
        }

        // Every B may follow every tag: one best predecessor serves them all, so that a step costs tags, not tags squared.
        var highest = VectorMath.HighestOfSums(last, pairs.Unseen);
        TagVectors.HighestBehind(last, pairs.Stay, highest, score);
        VectorMath.RaiseToSums(score, pairs.FromOutside, last[BioTags.O]);
        score[BioTags.O] = VectorMath.HighestOfSums(last, pairs.ToOutside);

        // A pair with a bonus of its own matters only where it beats the best predecessor: few tags are as probable.
        for (var tag = VectorMath.IndexOfSumAtLeast(last, pairs.Highest, highest, 0); tag >= 0; tag =
            VectorMath.IndexOfSumAtLeast(last, pairs.Highest, highest, tag + 1))
        {
            foreach (var (_, next, bonus) in pairs.MovesFrom(tag))
                score[next] = Math.Max(score[next], last[tag] + bonus);
        }
    }

    // The tag from which a tag is reached with its best score.
    private readonly int Before(ReadOnlySpan<double> last, int tag, bool isJoined)
    {
        var pairs = _transitions.Pairs;
        if (tag == BioTags.O)
            return isJoined ? BioTags.O : VectorMath.IndexOfHighestSum(last, pairs.ToOutside);
        if (!BioTags.IsBegin(tag))
            return last[tag - 1] + pairs.Stay[tag - 1] >= last[tag] + pairs.Stay[tag] ? tag - 1 : tag;
        var best = VectorMath.IndexOfHighestSum(last, pairs.Unseen);
        var highest = last[best] + pairs.Unseen[best];
        if (last[BioTags.O] + pairs.FromOutside[tag] > highest)
            (best, highest) = (BioTags.O, last[BioTags.O] + pairs.FromOutside[tag]);
        foreach (var (previous, _, bonus) in pairs.MovesTo(tag))
        {
            if (last[previous] + bonus > highest)
                (best, highest) = (previous, last[previous] + bonus);
        }
        return best;
    }

    private void ComputeForward()
    {
        if (_forward is not null)
            return;
        var tokens = Tokens;
        _forward = ArrayPool<double>.Shared.Rent(tokens * _tags);
        _emissions = ArrayPool<double>.Shared.Rent(tokens * _tags);
        _scales = ArrayPool<double>.Shared.Rent(tokens);
        for (var i = 0; i < tokens; i++)
        {
            var weights = _forward.AsSpan(i * _tags, _tags);
            var emissions = _emissions.AsSpan(i * _tags, _tags);
            VectorMath.Exponentials(_logits.Slice(i * _tags, _tags), _potentials.Temperature, emissions);
            if (i > 0)
                _potentials.Forward(_forward.AsSpan((i - 1) * _tags, _tags), weights, IsJoined(i));
            else
                Start(weights, 1, 0);
            _scales[i] = VectorMath.MultiplyAndSum(weights, emissions);
            VectorMath.Multiply(weights, 1 / _scales[i]);
        }
    }

    private void ComputeBackward()
    {
        if (_backward is not null)
            return;
        var tokens = Tokens;
        _backward = ArrayPool<double>.Shared.Rent(tokens * _tags);
        var leaving = ArrayPool<double>.Shared.Rent(_tags);
        _backward.AsSpan((tokens - 1) * _tags, _tags).Fill(1);
        for (var i = tokens - 1; i > 0; i--)
        {
            var weights = leaving.AsSpan(0, _tags);
            _emissions.AsSpan(i * _tags, _tags).CopyTo(weights);
            VectorMath.MultiplyAndSum(weights, _backward.AsSpan(i * _tags, _tags));
            VectorMath.Multiply(weights, 1 / _scales![i]);
            _potentials.Backward(weights, _backward.AsSpan((i - 1) * _tags, _tags), IsJoined(i));
        }
        ArrayPool<double>.Shared.Return(leaving);
    }
}
