using Edge.Bundles.Inference;
using Edge.Trainer.Common;

namespace Edge.Trainer.Ngrams;

/// <summary>
/// The n-grams of word pieces around a token that <see cref="NgramTable"/> knows, and their numbers. A number is a sum of products of
/// piece ids, so that a model file computes it with one matrix product; equal numbers of different n-grams are possible and
/// so rare (64 bits) that nothing is done about them.
/// </summary>
internal static class NgramKinds
{
    /// <summary>Neighbours that are looked at on each side.</summary>
    public const int Reach = 2;

    /// <summary>What stands beyond the ends of the input: above the id of every piece.</summary>
    public const int Beyond = (1 << 23) - 1;

    /// <summary>Pieces of a window.</summary>
    public const int Window = (2 * Reach) + 1;

    // Offsets of the pieces: five single ones, four pairs, one with a gap, three triples.
    private static readonly int[][] Offsets =
        [[-2], [-1], [0], [1], [2], [-2, -1], [-1, 0], [0, 1], [1, 2], [-1, 1], [-2, -1, 0], [-1, 0, 1], [0, 1, 2]];

    /// <summary>Kinds of n-grams.</summary>
    public static int Count => Offsets.Length;

    /// <summary>
    /// The kinds that heads read which judge a whole utterance: the piece itself, with the one before, and of triples with the two before.
    /// </summary>
    public static ReadOnlySpan<int> OfUtterances(bool triples) => triples ? [2, 6, 10] : [2, 6];

    /// <summary>
    /// [window, kinds]: what each piece's id is multiplied with. Below 2^38, so that no sum overflows for ids below 2^23. Kinds differ by
    /// them.
    /// </summary>
    public static long[] Factors { get; } = MakeFactors();

    /// <summary>The columns of <see cref="Factors"/> of some kinds.</summary>
    public static long[] FactorsOf(IReadOnlyList<int> kinds) =>
        [.. Enumerable.Range(0, Window).SelectMany(place => kinds.Select(kind => Factors[(place * Count) + kind]))];

    /// <summary>Numbers of the n-grams of one token.</summary>
    /// <param name="ids">The whole input.</param>
    /// <param name="token">Its position.</param>
    /// <param name="numbers">Receives one number a kind.</param>
    public static void Write(ReadOnlySpan<int> ids, int token, Span<long> numbers) =>
        NgramLookup.WriteNumbers(ids, token, Factors, Beyond, numbers);

    private static long[] MakeFactors()
    {
        var factors = new long[Window * Count];
        for (var kind = 0; kind < Count; kind++)
        {
            foreach (var offset in Offsets[kind])
            {
                var at = ((offset + Reach) * Count) + kind;
                factors[at] = (long)(Mix((ulong)at) >> 26) | 1;
            }
        }
        return factors;
    }

    private static ulong Mix(ulong value) => FeatureHash.Join(value + 1, 0);
}
