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
        var highest = float.NegativeInfinity;
        foreach (var value in values)
            highest = Math.Max(highest, value);
        for (var i = 0; i < values.Length; i++)
            results[i] = ((double)values[i] - highest) / temperature;
        var at = 0;
        for (; at <= results.Length - Vector<double>.Count; at += Vector<double>.Count)
            Vector.Exp(new Vector<double>(results[at..])).CopyTo(results[at..]);
        for (; at < results.Length; at++)
            results[at] = Math.Exp(results[at]);
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
