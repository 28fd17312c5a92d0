using System.Runtime.Intrinsics;

namespace Edge.Bundles.Decoding;

/// <summary>
/// Steps over all entity labels, two at a time: behind O a token's numbers stand as B, I, B, I and so on. O is the caller's.
/// </summary>
internal static class TagVectors
{
    private const int AtOnce = 4;

    private static Vector256<double> IsInside => Vector256.Create(0L, -1, 0, -1).AsDouble();

    /// <summary>For each label: at I what its B and I of the token before bring together, previous × factor; at B one number.</summary>
    /// <param name="previous">By tag.</param>
    /// <param name="factors">By tag.</param>
    /// <param name="begin">What stands at every B.</param>
    /// <param name="next">Receives it, by tag.</param>
    public static void SumsBehind(ReadOnlySpan<double> previous, ReadOnlySpan<double> factors, double begin, Span<double> next)
    {
        var (begins, at) = (Vector256.Create(begin), 1);
        for (; at <= next.Length - AtOnce; at += AtOnce)
        {
            var products = Vector256.Create(previous[at..]) * Vector256.Create(factors[at..]);
            Vector256.ConditionalSelect(IsInside, products + Swapped(products), begins).CopyTo(next[at..]);
        }
        if (at < next.Length)
            (next[at], next[at + 1]) = (begin, (previous[at] * factors[at]) + (previous[at + 1] * factors[at + 1]));
    }

    /// <summary>For each label: at I the better of its B and I of the token before, last + bonus; at B one number.</summary>
    /// <param name="last">By tag.</param>
    /// <param name="bonuses">By tag.</param>
    /// <param name="begin">What stands at every B.</param>
    /// <param name="score">Receives it, by tag.</param>
    public static void HighestBehind(ReadOnlySpan<double> last, ReadOnlySpan<double> bonuses, double begin, Span<double> score)
    {
        var (begins, at) = (Vector256.Create(begin), 1);
        for (; at <= score.Length - AtOnce; at += AtOnce)
        {
            var sums = Vector256.Create(last[at..]) + Vector256.Create(bonuses[at..]);
            Vector256.ConditionalSelect(IsInside, Vector256.Max(sums, Swapped(sums)), begins).CopyTo(score[at..]);
        }
        if (at < score.Length)
            (score[at], score[at + 1]) = (begin, Math.Max(last[at] + bonuses[at], last[at + 1] + bonuses[at + 1]));
    }

    /// <summary>For each label: at its B and its I, factor × what stands at I of the token behind, and share × one number.</summary>
    /// <param name="next">By tag.</param>
    /// <param name="factors">By tag.</param>
    /// <param name="shares">By tag.</param>
    /// <param name="all">The number.</param>
    /// <param name="previous">Receives it, by tag.</param>
    public static void SumsBefore(ReadOnlySpan<double> next, ReadOnlySpan<double> factors, ReadOnlySpan<double> shares, double all, Span<double> previous)
    {
        var (everywhere, at) = (Vector256.Create(all), 1);
        for (; at <= previous.Length - AtOnce; at += AtOnce)
        {
            var inside = Vector256.Shuffle(Vector256.Create(next[at..]), Vector256.Create(1L, 1, 3, 3));
            ((Vector256.Create(factors[at..]) * inside) + (Vector256.Create(shares[at..]) * everywhere)).CopyTo(previous[at..]);
        }
        for (var inside = at + 1; at < previous.Length; at++)
            previous[at] = (factors[at] * next[inside]) + (shares[at] * all);
    }

    /// <summary>Sum over B of all labels.</summary>
    public static double SumOfBegins(ReadOnlySpan<double> values)
    {
        var (sums, at) = (Vector256<double>.Zero, 1);
        for (; at <= values.Length - AtOnce; at += AtOnce)
            sums += Vector256.AndNot(Vector256.Create(values[at..]), IsInside);
        return Vector256.Sum(sums) + (at < values.Length ? values[at] : 0);
    }

    private static Vector256<double> Swapped(Vector256<double> values) => Vector256.Shuffle(values, Vector256.Create(1L, 0, 3, 2));
}
