using Edge.Bundles.Tasks;
using Edge.Bundles.Tokenization;

namespace Edge.Bundles.Decoding;

/// <summary>Which BIO tag each token of an annotated utterance has.</summary>
public static class TagAlignment
{
    /// <summary>Gold tags for training.</summary>
    /// <param name="encoded">The utterance.</param>
    /// <param name="spans">Its entities, in any order, not overlapping. What lies behind a cut is left out.</param>
    /// <param name="labels">The entity labels of the head.</param>
    /// <returns>
    /// One tag a token, <see cref="BioTags.Ignored"/> for special and context tokens. A token belongs to the first entity that it shares a
    /// character with; a token without a character of its own (a later piece of one Hangul syllable) goes with the token before it.
    /// </returns>
    /// <exception cref="ArgumentException">Entities overlap, are empty, or have a label that the head does not know.</exception>
    public static int[] Align(EncodedUtterance encoded, IReadOnlyList<EntitySpan> spans, IReadOnlyList<string> labels)
    {
        ArgumentNullException.ThrowIfNull(encoded);
        ArgumentNullException.ThrowIfNull(spans);
        ArgumentNullException.ThrowIfNull(labels);
        EntitySpan[] ordered = [.. spans.OrderBy(span => span.Start)];
        var labelOf = Check(ordered, labels);

        var tags = new int[encoded.Length];
        Array.Fill(tags, BioTags.Ignored);
        var next = 0;
        var lastEntity = -1;
        for (var i = encoded.TextStart; i < encoded.TextStart + encoded.TextCount; i++)
        {
            var source = encoded.Offsets[i];
            if (source.Length == 0)
            {
                tags[i] = lastEntity < 0 ? BioTags.O : BioTags.Inside(labelOf[lastEntity]);
                continue;
            }

            while (next < ordered.Length && ordered[next].End <= source.Start)
                next++;
            if (next == ordered.Length || ordered[next].Start >= source.End)
            {
                tags[i] = BioTags.O;
                lastEntity = -1;
                continue;
            }

            tags[i] = lastEntity == next ? BioTags.Inside(labelOf[next]) : BioTags.Begin(labelOf[next]);
            lastEntity = next;
        }

        return tags;
    }

    private static int[] Check(EntitySpan[] ordered, IReadOnlyList<string> labels)
    {
        var labelOf = new int[ordered.Length];
        for (var i = 0; i < ordered.Length; i++)
        {
            var span = ordered[i];
            if (span.Start < 0 || span.End <= span.Start)
                throw new ArgumentException($"entity {Name(span)} is not a range; start must be at least 0 and below end.");
            if (i > 0 && ordered[i - 1].End > span.Start)
            {
                throw new ArgumentException(
                    $"entities {Name(ordered[i - 1])} and {Name(span)} overlap; BIO tags hold one entity a token. Remove one of them.");
            }

            labelOf[i] = IndexOf(labels, span.Label);
            if (labelOf[i] < 0)
                throw new ArgumentException($"entity {Name(span)} has an unknown label; the head knows {string.Join(", ", labels)}.");
        }

        return labelOf;
    }

    private static string Name(EntitySpan span) => $"{span.Label} [{span.Start},{span.End})";

    private static int IndexOf(IReadOnlyList<string> labels, string label)
    {
        for (var i = 0; i < labels.Count; i++)
        {
            if (labels[i] == label)
                return i;
        }

        return -1;
    }
}
