using System.Buffers;
using Edge.Bundles.Tasks;
using Edge.Bundles.Tokenization;

namespace Edge.Bundles.Decoding;

/// <summary>
/// Entities from the logits of a <c>span</c> head: the most probable sequence of tags in which I follows only B or I of the same
/// label (Viterbi over log-softmax(logits / temperature), plus the training set's transitions where the head has them).
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
    /// <param name="temperature">Calibration temperature, &gt; 0.</param>
    /// <param name="confidence">
    /// Probability of the least certain tag on the decoded path; 1 for an utterance without tokens. The confidence of an entity
    /// is the same over its own tokens.
    /// </param>
    /// <param name="transitions">How readily tags follow each other; <c>null</c>: all orders that BIO allows alike.</param>
    /// <exception cref="ArgumentException">The number of logits is not tokens × tags, or the transitions are of other tags.</exception>
    /// <exception cref="InvalidDataException">A logit is NaN or infinite.</exception>
    public static IReadOnlyList<EntitySpan> Decode(
        ReadOnlySpan<float> logits, EncodedUtterance encoded, IReadOnlyList<string> labels, float temperature, out float confidence,
        TagTransitions? transitions = null)
    {
        ArgumentNullException.ThrowIfNull(encoded);
        ArgumentNullException.ThrowIfNull(labels);
        Softmax.CheckTemperature(temperature);
        var tags = BioTags.Count(labels.Count);
        if (logits.Length != encoded.Length * tags)
        {
            throw new ArgumentException(
                $"{logits.Length} logits; {encoded.Length} tokens × {tags} tags of {labels.Count} labels are {encoded.Length * tags}.");
        }

        if (transitions is not null && transitions.TagCount != tags)
            throw new ArgumentException($"transitions of {transitions.TagCount} tags; {labels.Count} labels have {tags}.", nameof(transitions));

        confidence = 1;
        var tokens = encoded.TextCount;
        if (tokens == 0)
            return [];

        // Log-probabilities, scores of the best path that ends in each tag, and the tag before it: [tokens, tags] each.
        var size = tokens * tags;
        var logProbabilities = ArrayPool<float>.Shared.Rent(size);
        var scores = ArrayPool<double>.Shared.Rent(size);
        var before = ArrayPool<int>.Shared.Rent(size);
        var path = ArrayPool<int>.Shared.Rent(tokens);
        try
        {
            for (var i = 0; i < tokens; i++)
                Softmax.Log(logits.Slice((encoded.TextStart + i) * tags, tags), temperature, logProbabilities.AsSpan(i * tags, tags));

            FindPath(logProbabilities, scores, before, path.AsSpan(0, tokens), tags, encoded, transitions);
            return ReadEntities(path.AsSpan(0, tokens), logProbabilities, tags, encoded, labels, out confidence);
        }
        finally
        {
            ArrayPool<float>.Shared.Return(logProbabilities);
            ArrayPool<double>.Shared.Return(scores);
            ArrayPool<int>.Shared.Return(before);
            ArrayPool<int>.Shared.Return(path);
        }
    }

    private static void FindPath(
        ReadOnlySpan<float> logProbabilities, Span<double> scores, Span<int> before, Span<int> path, int tags, EncodedUtterance encoded,
        TagTransitions? transitions)
    {
        ReadOnlySpan<float> unseen = transitions is null ? [] : transitions.Unseen;
        for (var i = 0; i < path.Length; i++)
        {
            var own = logProbabilities.Slice(i * tags, tags);
            var score = scores.Slice(i * tags, tags);
            var from = before.Slice(i * tags, tags);
            var isJoined = encoded.Joined.Length > 0 && encoded.Joined[encoded.TextStart + i];
            if (i == 0)
            {
                for (var tag = 0; tag < tags; tag++)
                    score[tag] = tag == BioTags.O || BioTags.IsBegin(tag) ? own[tag] : double.NegativeInfinity;
                continue;
            }

            // O and B may follow every tag: one best predecessor serves them all, so that a step costs tags, not tags squared.
            var last = scores.Slice((i - 1) * tags, tags);
            var best = isJoined ? BioTags.O : IndexOfHighest(last, unseen);
            for (var tag = 0; tag < tags; tag++)
            {
                if (tag == BioTags.O || BioTags.IsBegin(tag))
                    from[tag] = best;
                else
                    from[tag] = Leaving(last, unseen, tag - 1) >= Leaving(last, unseen, tag) ? tag - 1 : tag;
                score[tag] = Leaving(last, unseen, from[tag]);
            }

            // A seen pair never has a lower bonus than an unseen one, so the higher of both is right for it.
            foreach (var (previous, next, bonus) in transitions is null ? [] : transitions.Seen)
            {
                if (last[previous] + bonus > score[next] && (!isJoined || next != BioTags.O || previous == BioTags.O) && BioTags.MayFollow(previous, next))
                    (score[next], from[next]) = (last[previous] + bonus, previous);
            }
            for (var tag = 0; tag < tags; tag++)
                score[tag] = isJoined && BioTags.IsBegin(tag) ? double.NegativeInfinity : score[tag] + own[tag];
        }

        path[^1] = IndexOfHighest(scores.Slice((path.Length - 1) * tags, tags), []);
        for (var i = path.Length - 1; i > 0; i--)
            path[i - 1] = before[(i * tags) + path[i]];
    }

    private static List<EntitySpan> ReadEntities(
        ReadOnlySpan<int> path,
        ReadOnlySpan<float> logProbabilities,
        int tags,
        EncodedUtterance encoded,
        IReadOnlyList<string> labels,
        out float confidence)
    {
        List<EntitySpan> entities = [];
        confidence = 1;
        for (var i = 0; i < path.Length; i++)
        {
            var probability = Math.Min(1, MathF.Exp(logProbabilities[(i * tags) + path[i]]));
            confidence = Math.Min(confidence, probability);
            if (path[i] == BioTags.O)
                continue;

            var source = encoded.Offsets[encoded.TextStart + i];
            if (BioTags.IsBegin(path[i]))
            {
                entities.Add(new EntitySpan(labels[BioTags.Label(path[i])], source.Start, source.End, probability));
            }
            else
            {
                var entity = entities[^1];
                entities[^1] = entity with { End = source.End, Confidence = Math.Min(entity.Confidence, probability) };
            }
        }

        return entities;
    }

    // Score of the best path through a tag on its way to one that was never seen behind it.
    private static double Leaving(ReadOnlySpan<double> scores, ReadOnlySpan<float> unseen, int tag) =>
        unseen.IsEmpty ? scores[tag] : scores[tag] + unseen[tag];

    private static int IndexOfHighest(ReadOnlySpan<double> scores, ReadOnlySpan<float> unseen)
    {
        var best = 0;
        for (var i = 1; i < scores.Length; i++)
        {
            if (Leaving(scores, unseen, i) > Leaving(scores, unseen, best))
                best = i;
        }

        return best;
    }
}
