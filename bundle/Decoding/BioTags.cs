using Edge.Bundles.Tokenization;

namespace Edge.Bundles.Decoding;

/// <summary>
/// The BIO tags of a <c>span</c> head (Ramshaw and Marcus 1995): O, then for each entity label B (its first token) and I (its others).
/// </summary>
public static class BioTags
{
    /// <summary>Outside of every entity.</summary>
    public const int O = 0;

    /// <summary>Gold tag of tokens that have none (special and context tokens); the loss leaves them out.</summary>
    public const int Ignored = -100;

    /// <summary>Number of tags.</summary>
    public static int Count(int entityLabels) => 1 + (2 * entityLabels);

    /// <summary>Tag of the first token of an entity.</summary>
    /// <param name="label">Index of the entity label.</param>
    public static int Begin(int label) => 1 + (2 * label);

    /// <summary>Tag of a further token of an entity.</summary>
    /// <param name="label">Index of the entity label.</param>
    public static int Inside(int label) => 2 + (2 * label);

    /// <summary>Index of the entity label of a B or I tag.</summary>
    public static int Label(int tag) => (tag - 1) / 2;

    /// <summary>True for B tags.</summary>
    public static bool IsBegin(int tag) => tag % 2 == 1;

    /// <summary>Whether BIO allows one tag behind another: I only behind B or I of its label.</summary>
    public static bool MayFollow(int previous, int next) => next == O || IsBegin(next) || previous == next || previous == next - 1;

    /// <summary>Gold tags for training.</summary>
    /// <param name="encoded">The utterance.</param>
    /// <param name="spans">Its entities, in any order, not overlapping. What lies behind a cut is left out.</param>
    /// <param name="labels">The entity labels of the head.</param>
    /// <returns>
    /// One tag a token, <see cref="Ignored"/> for special and context tokens. A token belongs to the first entity that it shares a
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
        Array.Fill(tags, Ignored);
        var next = 0;
        var lastEntity = -1;
        for (var i = encoded.TextStart; i < encoded.TextStart + encoded.TextCount; i++)
        {
            var source = encoded.Offsets[i];
            if (source.Length == 0)
            {
                tags[i] = lastEntity < 0 ? O : Inside(labelOf[lastEntity]);
                continue;
            }

            while (next < ordered.Length && ordered[next].End <= source.Start)
                next++;
            if (next == ordered.Length || ordered[next].Start >= source.End)
            {
                tags[i] = O;
                lastEntity = -1;
                continue;
            }

            tags[i] = lastEntity == next ? Inside(labelOf[next]) : Begin(labelOf[next]);
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
