using System.Numerics;
using System.Runtime.InteropServices;

namespace Edge.Bundles.Decoding;

/// <summary>Sums over tags, some at a time: a step of decoding is as long as the tags are many.</summary>
internal static class VectorMath
{
    /// <summary>exp((value - highest value) / temperature), so that the largest result is 1.</summary>
    /// <param name="values">One or more.</param>
    /// <param name="temperature">Above 0.</param>
    /// <param name="results">As many.</param>
    public static void Exponentials(ReadOnlySpan<float> values, float temperature, Span<double> results)
    {
        var highest = Highest(values);
        if (values.Length < Vector<float>.Count)
        {
            for (var i = 0; i < values.Length; i++)
                results[i] = Math.Exp(((double)values[i] - highest) / temperature);
            return;
        }
        var (all, divisor) = (new Vector<double>(highest), new Vector<double>(temperature));
        for (var at = 0; at < values.Length; at += Vector<float>.Count)
        {
            at = Math.Min(at, values.Length - Vector<float>.Count); // the last ones overlap those before
            Vector.Widen(new Vector<float>(values[at..]), out var low, out var high);
            Vector.Exp((low - all) / divisor).CopyTo(results[at..]);
            Vector.Exp((high - all) / divisor).CopyTo(results[(at + Vector<double>.Count)..]);
        }
    }

    /// <summary>Highest value.</summary>
    /// <param name="values">Finite, one or more.</param>
    public static float Highest(ReadOnlySpan<float> values)
    {
        var (highest, at) = (float.NegativeInfinity, 0);
        if (values.Length >= Vector<float>.Count)
        {
            var several = new Vector<float>(values);
            for (at = Vector<float>.Count; at <= values.Length - Vector<float>.Count; at += Vector<float>.Count)
                several = Vector.Max(several, new Vector<float>(values[at..]));
            for (var i = 0; i < Vector<float>.Count; i++)
                highest = Math.Max(highest, several[i]);
        }
        for (; at < values.Length; at++)
            highest = Math.Max(highest, values[at]);
        return highest;
    }

    /// <summary>Whether no value is NaN or infinite.</summary>
    public static bool AreFinite(ReadOnlySpan<float> values)
    {
        var (largest, at) = (new Vector<float>(float.MaxValue), 0);
        for (; at <= values.Length - Vector<float>.Count; at += Vector<float>.Count)
        {
            if (!Vector.LessThanOrEqualAll(Vector.Abs(new Vector<float>(values[at..])), largest)) // NaN is not less than anything
                return false;
        }
        for (; at < values.Length; at++)
        {
            if (!float.IsFinite(values[at]))
                return false;
        }
        return true;
    }

    /// <summary>Adds to each sum its value.</summary>
    /// <param name="sums">Changed.</param>
    /// <param name="values">As many.</param>
    public static void Add(Span<double> sums, ReadOnlySpan<float> values)
    {
        var at = 0;
        for (; at <= values.Length - Vector<float>.Count; at += Vector<float>.Count)
        {
            Vector.Widen(new Vector<float>(values[at..]), out var low, out var high);
            var first = sums[at..];
            var second = sums[(at + Vector<double>.Count)..];
            (new Vector<double>(first) + low).CopyTo(first);
            (new Vector<double>(second) + high).CopyTo(second);
        }
        for (; at < values.Length; at++)
            sums[at] += values[at];
    }

    /// <summary>Multiplies each value by its factor.</summary>
    /// <returns>Sum of the products.</returns>
    public static double MultiplyAndSum(Span<double> values, ReadOnlySpan<double> factors)
    {
        var several = Several(values);
        var others = Several(factors);
        var sums = Vector<double>.Zero;
        for (var i = 0; i < several.Length; i++)
            sums += several[i] *= others[i];
        var sum = Vector.Sum(sums);
        for (var i = Rest(values); i < values.Length; i++)
            sum += values[i] *= factors[i];
        return sum;
    }

    /// <summary>Sum of the products of values and factors.</summary>
    public static double SumOfProducts(ReadOnlySpan<double> values, ReadOnlySpan<double> factors)
    {
        var several = Several(values);
        var others = Several(factors);
        var sums = Vector<double>.Zero;
        for (var i = 0; i < several.Length; i++)
            sums += several[i] * others[i];
        var sum = Vector.Sum(sums);
        for (var i = Rest(values); i < values.Length; i++)
            sum += values[i] * factors[i];
        return sum;
    }

    /// <summary>Multiplies all values by one factor.</summary>
    public static void Multiply(Span<double> values, double factor)
    {
        foreach (ref var several in Several(values))
            several *= factor;
        foreach (ref var value in values[Rest(values)..])
            value *= factor;
    }

    /// <summary>Place of the highest value, the first where there are several.</summary>
    /// <param name="values">One or more, none NaN.</param>
    public static int IndexOfHighest(ReadOnlySpan<double> values)
    {
        var best = 0;
        for (var i = 1; i < values.Length; i++)
            best = values[i] > values[best] ? i : best;
        return best;
    }

    /// <summary>Highest sum of a value and its addend.</summary>
    /// <param name="values">One or more, none NaN.</param>
    /// <param name="addends">As many, none NaN.</param>
    public static double HighestOfSums(ReadOnlySpan<double> values, ReadOnlySpan<double> addends)
    {
        var several = Several(values);
        var others = Several(addends);
        var best = new Vector<double>(double.NegativeInfinity);
        for (var i = 0; i < several.Length; i++)
            best = Vector.Max(best, several[i] + others[i]);
        var highest = double.NegativeInfinity;
        for (var i = 0; i < Vector<double>.Count; i++)
            highest = Math.Max(highest, best[i]);
        for (var i = Rest(values); i < values.Length; i++)
            highest = Math.Max(highest, values[i] + addends[i]);
        return highest;
    }

    /// <summary>Place of the highest sum of a value and its addend, the first where there are several.</summary>
    /// <param name="values">One or more, none NaN.</param>
    /// <param name="addends">As many, none NaN.</param>
    public static int IndexOfHighestSum(ReadOnlySpan<double> values, ReadOnlySpan<double> addends) =>
        IndexOfSumAtLeast(values, addends, HighestOfSums(values, addends), 0);

    /// <summary>The next place whose value and addend sum up to a limit or more; -1 where there is none.</summary>
    /// <param name="values">None NaN.</param>
    /// <param name="addends">As many, none NaN.</param>
    /// <param name="limit">The limit.</param>
    /// <param name="from">First place.</param>
    public static int IndexOfSumAtLeast(ReadOnlySpan<double> values, ReadOnlySpan<double> addends, double limit, int from)
    {
        var (all, at) = (new Vector<double>(limit), from);
        while (at <= values.Length - Vector<double>.Count
            && !Vector.GreaterThanOrEqualAny(new Vector<double>(values[at..]) + new Vector<double>(addends[at..]), all))
            at += Vector<double>.Count;
        while (at < values.Length && values[at] + addends[at] < limit)
            at++;
        return at < values.Length ? at : -1;
    }

    /// <summary>Adds to each sum one factor times its value.</summary>
    /// <param name="sums">Changed.</param>
    /// <param name="values">As many.</param>
    /// <param name="factor">The factor.</param>
    public static void AddProducts(Span<double> sums, ReadOnlySpan<double> values, double factor)
    {
        var several = Several(sums);
        var others = Several(values);
        for (var i = 0; i < several.Length; i++)
            several[i] += others[i] * factor;
        for (var i = Rest(sums); i < sums.Length; i++)
            sums[i] += values[i] * factor;
    }

    /// <summary>Raises each value to its addend plus one number where that is more.</summary>
    /// <param name="values">Changed; none NaN.</param>
    /// <param name="addends">As many, none NaN.</param>
    /// <param name="number">The number, finite or negative infinity.</param>
    public static void RaiseToSums(Span<double> values, ReadOnlySpan<double> addends, double number)
    {
        var several = Several(values);
        var others = Several(addends);
        var all = new Vector<double>(number);
        for (var i = 0; i < several.Length; i++)
            several[i] = Vector.Max(several[i], others[i] + all);
        for (var i = Rest(values); i < values.Length; i++)
            values[i] = Math.Max(values[i], addends[i] + number);
    }

    private static Span<Vector<double>> Several(Span<double> values) => MemoryMarshal.Cast<double, Vector<double>>(values);

    private static ReadOnlySpan<Vector<double>> Several(ReadOnlySpan<double> values) => MemoryMarshal.Cast<double, Vector<double>>(values);

    // The first value that is in no vector.
    private static int Rest(ReadOnlySpan<double> values) => values.Length - (values.Length % Vector<double>.Count);
}
