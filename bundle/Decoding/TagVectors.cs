using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Edge.Bundles.Decoding;

/// <summary>
/// Steps over all entity labels, two at a time: behind O a token's numbers stand as B, I, B, I and so on. O is the caller's.
/// </summary>
internal static class TagVectors
{
    private static Vector256<double> IsInside => Vector256.Create(0L, -1, 0, -1).AsDouble();

    /// <summary>For each label: at I what its B and I of the token before bring together, previous × factor; at B one number.</summary>
    /// <param name="previous">By tag.</param>
    /// <param name="factors">By tag.</param>
    /// <param name="begin">What stands at every B.</param>
    /// <param name="next">Receives it, by tag.</param>
    public static void SumsBehind(ReadOnlySpan<double> previous, ReadOnlySpan<double> factors, double begin, Span<double> next)
    {
        var before = Labels(previous);
        var factorsOf = Labels(factors);
        var behind = Labels(next);
        for (var i = 0; i < behind.Length; i++)
        {
            var products = before[i] * factorsOf[i];
            behind[i] = Vector256.ConditionalSelect(IsInside, products + Swapped(products), Vector256.Create(begin));
        }
        if (Rest(next) is var at && at < next.Length)
            (next[at], next[at + 1]) = (begin, (previous[at] * factors[at]) + (previous[at + 1] * factors[at + 1]));
    }

    /// <summary>For each label: at I the better of its B and I of the token before, last + bonus; at B one number.</summary>
    /// <param name="last">By tag.</param>
    /// <param name="bonuses">By tag.</param>
    /// <param name="begin">What stands at every B.</param>
    /// <param name="score">Receives it, by tag.</param>
    public static void HighestBehind(ReadOnlySpan<double> last, ReadOnlySpan<double> bonuses, double begin, Span<double> score)
    {
        var before = Labels(last);
        var bonusesOf = Labels(bonuses);
        var behind = Labels(score);
        for (var i = 0; i < behind.Length; i++)
        {
            var sums = before[i] + bonusesOf[i];
            behind[i] = Vector256.ConditionalSelect(IsInside, Vector256.Max(sums, Swapped(sums)), Vector256.Create(begin));
        }
        if (Rest(score) is var at && at < score.Length)
            (score[at], score[at + 1]) = (begin, Math.Max(last[at] + bonuses[at], last[at + 1] + bonuses[at + 1]));
    }

    /// <summary>For each label: at its B and its I, factor × what stands at I of the token behind, and share × one number.</summary>
    /// <param name="next">By tag.</param>
    /// <param name="factors">By tag.</param>
    /// <param name="shares">By tag.</param>
    /// <param name="all">The number.</param>
    /// <param name="previous">Receives it, by tag.</param>
    public static void SumsBefore(
        ReadOnlySpan<double> next, ReadOnlySpan<double> factors, ReadOnlySpan<double> shares, double all, Span<double> previous)
    {
        var behind = Labels(next);
        var factorsOf = Labels(factors);
        var sharesOf = Labels(shares);
        var before = Labels(previous);
        for (var i = 0; i < before.Length; i++)
            before[i] = (factorsOf[i] * Vector256.Shuffle(behind[i], Vector256.Create(1L, 1, 3, 3))) + (sharesOf[i] * all);
        for (var (at, inside) = (Rest(previous), previous.Length - 1); at < previous.Length; at++)
            previous[at] = (factors[at] * next[inside]) + (shares[at] * all);
    }

    /// <summary>Sum over B of all labels.</summary>
    public static double SumOfBegins(ReadOnlySpan<double> values)
    {
        var sums = Vector256<double>.Zero;
        foreach (var two in Labels(values))
            sums += Vector256.AndNot(two, IsInside);
        return Vector256.Sum(sums) + (Rest(values) is var at && at < values.Length ? values[at] : 0);
    }

    private static Vector256<double> Swapped(Vector256<double> values) => Vector256.Shuffle(values, Vector256.Create(1L, 0, 3, 2));

    private static Span<Vector256<double>> Labels(Span<double> values) => MemoryMarshal.Cast<double, Vector256<double>>(values[1..]);

    private static ReadOnlySpan<Vector256<double>> Labels(ReadOnlySpan<double> values) =>
        MemoryMarshal.Cast<double, Vector256<double>>(values[1..]);

    // The B of the last label where labels are odd, else one past the end.
    private static int Rest(ReadOnlySpan<double> values) => values.Length % 4 == 3 ? values.Length - 2 : values.Length;
}
