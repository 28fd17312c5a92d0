using System.Numerics;

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
        var (all, divisor, at) = (new Vector<double>(highest), new Vector<double>(temperature), 0);
        for (; at <= values.Length - Vector<float>.Count; at += Vector<float>.Count)
        {
            Vector.Widen(new Vector<float>(values[at..]), out var low, out var high);
            Vector.Exp((low - all) / divisor).CopyTo(results[at..]);
            Vector.Exp((high - all) / divisor).CopyTo(results[(at + Vector<double>.Count)..]);
        }
        for (; at < values.Length; at++)
            results[at] = Math.Exp(((double)values[at] - highest) / temperature);
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
        var (sums, at) = (Vector<double>.Zero, 0);
        for (; at <= values.Length - Vector<double>.Count; at += Vector<double>.Count)
        {
            var products = new Vector<double>(values[at..]) * new Vector<double>(factors[at..]);
            products.CopyTo(values[at..]);
            sums += products;
        }
        var sum = Vector.Sum(sums);
        for (; at < values.Length; at++)
            sum += values[at] *= factors[at];
        return sum;
    }

    /// <summary>Sum of the products of values and factors.</summary>
    public static double SumOfProducts(ReadOnlySpan<double> values, ReadOnlySpan<double> factors)
    {
        var (sums, at) = (Vector<double>.Zero, 0);
        for (; at <= values.Length - Vector<double>.Count; at += Vector<double>.Count)
            sums += new Vector<double>(values[at..]) * new Vector<double>(factors[at..]);
        var sum = Vector.Sum(sums);
        for (; at < values.Length; at++)
            sum += values[at] * factors[at];
        return sum;
    }

    /// <summary>Multiplies all values by one factor.</summary>
    public static void Multiply(Span<double> values, double factor)
    {
        var at = 0;
        for (; at <= values.Length - Vector<double>.Count; at += Vector<double>.Count)
            (new Vector<double>(values[at..]) * factor).CopyTo(values[at..]);
        for (; at < values.Length; at++)
            values[at] *= factor;
    }
}
