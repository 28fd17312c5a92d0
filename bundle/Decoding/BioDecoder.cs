using System.Buffers;
using Edge.Bundles.Tasks;
using Edge.Bundles.Tokenization;

namespace Edge.Bundles.Decoding;

/// <summary>
/// Entities from the logits of a <c>span</c> head: the most probable sequence of tags in which I follows only B or I of the same
/// label. Logits and the head's transitions together are a linear-chain conditional random field (<see cref="TagChain"/>).
/// </summary>
/// <remarks>
/// Entities are whole tokens and so whole source characters, in text order, and never overlap. They neither begin nor end within
/// a run of digits or of letters (<see cref="EncodedUtterance.Joined"/>): a number is an entity whole or not at all, however the
/// vocabulary cuts it. Other continuing pieces may begin one: in a word such as <c>no2942</c>, and in languages written without
/// spaces, entities begin there.
/// </remarks>
public static class BioDecoder
{
    /// <summary>Decodes one utterance.</summary>
    /// <param name="logits">Logits of the whole input, [tokens, tags], row after row; special and context tokens are left out.</param>
    /// <param name="encoded">The input.</param>
    /// <param name="labels">The entity labels of the head.</param>
    /// <param name="temperature">Calibration temperature, &gt; 0; it changes confidences only.</param>
    /// <param name="confidence">
    /// Probability that all tags are right; 1 for an utterance without tokens. The confidence of an entity is the probability
    /// that exactly it, label and both ends, is right.
    /// </param>
    /// <param name="transitions">How readily tags follow each other; <c>null</c>: all orders that BIO allows alike.</param>
    /// <exception cref="ArgumentException">The number of logits is not tokens × tags, or the transitions are of other tags.</exception>
    /// <exception cref="InvalidDataException">A logit is NaN or infinite.</exception>
    public static IReadOnlyList<EntitySpan> Decode(
        ReadOnlySpan<float> logits, TokenView encoded, IReadOnlyList<string> labels, float temperature, out float confidence,
        TagTransitions? transitions = null)
    {
        var entities = new List<EntitySpan>();
        ArgumentNullException.ThrowIfNull(labels);
        confidence = Decode(logits, encoded, labels, temperature, ScoresOf(transitions, labels), entities);
        return entities;
    }

    /// <summary>The same into a list.</summary>
    /// <param name="logits">As above.</param>
    /// <param name="encoded">As above.</param>
    /// <param name="labels">As above.</param>
    /// <param name="temperature">As above.</param>
    /// <param name="transitions">As above.</param>
    /// <param name="entities">Receives the entities; what was in it is removed.</param>
    /// <returns>The confidence.</returns>
    internal static float Decode(
        ReadOnlySpan<float> logits, TokenView encoded, IReadOnlyList<string> labels, float temperature, TransitionScores transitions,
        List<EntitySpan> entities)
    {
        entities.Clear();
        if (Check(logits, encoded, labels, temperature, transitions) == 0)
            return 1;

        var tokens = encoded.TextCount;
        var rented = ArrayPool<int>.Shared.Rent(tokens);
        var path = rented.AsSpan(0, tokens);
        var chain = Chain(logits, encoded, transitions, temperature);
        try
        {
            chain.FindBestPath(path);
            ReadEntities(ref chain, path, encoded, labels, entities);
            return (float)Math.Exp(chain.LogProbability(path));
        }
        finally
        {
            chain.Dispose();
            ArrayPool<int>.Shared.Return(rented);
        }
    }

    /// <summary>Natural logarithm of the probability of given tags, for fitting the temperature.</summary>
    /// <param name="logits">As for decoding.</param>
    /// <param name="encoded">The input.</param>
    /// <param name="labels">The entity labels of the head.</param>
    /// <param name="temperature">Calibration temperature, &gt; 0.</param>
    /// <param name="tags">A tag for each token of the whole input (<see cref="TagAlignment.Align"/>).</param>
    /// <param name="transitions">As for decoding.</param>
    /// <returns>At most 0; negative infinity for tags that decoding would never give.</returns>
    public static double LogProbability(
        ReadOnlySpan<float> logits, TokenView encoded, IReadOnlyList<string> labels, float temperature, ReadOnlySpan<int> tags,
        TagTransitions? transitions = null)
    {
        ArgumentNullException.ThrowIfNull(labels);
        var scores = ScoresOf(transitions, labels);
        if (Check(logits, encoded, labels, temperature, scores) == 0)
            return 0;
        var chain = Chain(logits, encoded, scores, temperature);
        try
        {
            return chain.LogProbability(tags.Slice(encoded.TextStart, encoded.TextCount));
        }
        finally
        {
            chain.Dispose();
        }
    }

    /// <summary>Probability of each tag at each token, over all paths that decoding could give.</summary>
    /// <param name="logits">As for decoding.</param>
    /// <param name="encoded">The input.</param>
    /// <param name="labels">The entity labels of the head.</param>
    /// <param name="marginals">Receives [tokens, tags] of the whole input; zeros for special and context tokens.</param>
    /// <param name="transitions">As for decoding.</param>
    public static void Marginals(
        ReadOnlySpan<float> logits, TokenView encoded, IReadOnlyList<string> labels, Span<float> marginals,
        TagTransitions? transitions = null)
    {
        ArgumentNullException.ThrowIfNull(labels);
        var scores = ScoresOf(transitions, labels);
        var tokens = Check(logits, encoded, labels, 1, scores);
        marginals.Clear();
        if (tokens == 0)
            return;
        var chain = Chain(logits, encoded, scores, 1);
        try
        {
            var tags = scores.TagCount;
            chain.WriteMarginals(marginals.Slice(encoded.TextStart * tags, tokens * tags));
        }
        finally
        {
            chain.Dispose();
        }
    }

    /// <summary>The same for tokens that stand alone: each may begin and end an entity. For training.</summary>
    /// <param name="logits">[tokens, tags] of an utterance's own tokens, at least one.</param>
    /// <param name="transitions">How readily tags follow each other; <c>null</c>: all orders that BIO allows alike.</param>
    /// <param name="tags">Number of tags.</param>
    /// <param name="marginals">Receives [tokens, tags].</param>
    /// <returns>Natural logarithm of the sum over all paths of the exponentials of their scores (log-partition).</returns>
    public static double Marginals(ReadOnlySpan<float> logits, TagTransitions? transitions, int tags, Span<float> marginals)
    {
        var chain = new TagChain(logits, [], TransitionScores.Of(transitions, tags), 1);
        try
        {
            chain.WriteMarginals(marginals);
            return chain.LogPartition();
        }
        finally
        {
            chain.Dispose();
        }
    }

    /// <summary>Natural logarithm of a path's probability, with the marginals, which cost little more.</summary>
    /// <param name="logits">As for marginals of tokens that stand alone.</param>
    /// <param name="transitions">As there.</param>
    /// <param name="path">A tag for each token.</param>
    /// <param name="tags">Number of tags.</param>
    /// <param name="marginals">Receives [tokens, tags].</param>
    /// <returns>At most 0; negative infinity for a path that BIO does not allow.</returns>
    public static double LogProbability(
        ReadOnlySpan<float> logits, TagTransitions? transitions, ReadOnlySpan<int> path, int tags, Span<float> marginals)
    {
        var chain = new TagChain(logits, [], TransitionScores.Of(transitions, tags), 1);
        try
        {
            chain.WriteMarginals(marginals);
            return chain.LogProbability(path);
        }
        finally
        {
            chain.Dispose();
        }
    }

    private static TransitionScores ScoresOf(TagTransitions? transitions, IReadOnlyList<string> labels) =>
        TransitionScores.Of(transitions, BioTags.Count(labels.Count));

    private static int Check(
        ReadOnlySpan<float> logits, TokenView encoded, IReadOnlyList<string> labels, float temperature, TransitionScores transitions)
    {
        Softmax.CheckTemperature(temperature);
        var tags = BioTags.Count(labels.Count);
        if (logits.Length != encoded.Length * tags)
        {
            throw new ArgumentException(
                $"{logits.Length} logits; {encoded.Length} tokens × {tags} tags of {labels.Count} labels are {encoded.Length * tags}.");
        }
        if (transitions.TagCount != tags)
            throw new ArgumentException(
                $"transitions of {transitions.TagCount} tags; {labels.Count} labels have {tags}.", nameof(transitions));
        Softmax.CheckFinite(logits.Slice(encoded.TextStart * tags, encoded.TextCount * tags));
        return encoded.TextCount;
    }

    private static TagChain Chain(ReadOnlySpan<float> logits, TokenView encoded, TransitionScores transitions, float temperature)
    {
        var tags = transitions.TagCount;
        return new TagChain(
            logits.Slice(encoded.TextStart * tags, encoded.TextCount * tags),
            encoded.Joined.Length > 0 ? encoded.Joined.Slice(encoded.TextStart, encoded.TextCount) : [],
            transitions,
            temperature);
    }

    private static void ReadEntities(
        ref TagChain chain, ReadOnlySpan<int> path, TokenView encoded, IReadOnlyList<string> labels, List<EntitySpan> entities)
    {
        for (var start = 0; start < path.Length; start++)
        {
            if (path[start] == BioTags.O)
                continue;
            var label = BioTags.Label(path[start]);
            var end = start + 1;
            while (end < path.Length && path[end] == BioTags.Inside(label))
                end++;
            entities.Add(new EntitySpan(
                labels[label],
                encoded.Offsets[encoded.TextStart + start].Start,
                encoded.Offsets[encoded.TextStart + end - 1].End,
                (float)chain.EntityProbability(path, start, end)));
            start = end - 1;
        }
    }
}
