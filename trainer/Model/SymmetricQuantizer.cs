namespace Edge.Trainer.Model;

/// <summary>
/// Weights as signed 8-bit integers with zero point 0: value ≈ integer · scale. The range is symmetric, so that negating a weight
/// negates its integer.
/// </summary>
internal static class SymmetricQuantizer
{
    /// <summary>Largest integer of a table, and of a matrix that bytes with sign are multiplied by.</summary>
    public const int Largest = 127;

    /// <summary>
    /// Largest integer of a matrix that bytes without sign are multiplied by. A processor without VNNI adds two of the products in 16 bits
    /// and cuts what does not fit (VPMADDUBSW): 2 · 255 · 63 is below 32,768, 2 · 255 · 127 is not.
    /// </summary>
    public const int LargestFactor = 63;

    /// <summary>Quantizes a matrix [rows, columns] with one scale a column.</summary>
    /// <param name="values">Row after row.</param>
    /// <param name="columns">Number of columns.</param>
    /// <param name="most">Integer that the largest value of a column gets, 1 to 127.</param>
    public static (sbyte[] Integers, float[] Scales) PerColumn(float[] values, int columns, int most = Largest)
    {
        var largest = new float[columns];
        for (var i = 0; i < values.Length; i++)
            largest[i % columns] = Math.Max(largest[i % columns], Math.Abs(values[i]));
        // a column of zeros keeps a scale that can be divided by
        var scales = Array.ConvertAll(largest, value => value > 0 ? value / most : 1);
        var integers = new sbyte[values.Length];
        for (var i = 0; i < values.Length; i++)
            integers[i] = (sbyte)Math.Clamp(MathF.Round(values[i] / scales[i % columns]), -most, most);
        return (integers, scales);
    }
}
