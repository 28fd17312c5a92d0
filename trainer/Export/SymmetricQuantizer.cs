namespace Edge.Trainer.Export;

/// <summary>
/// Weights as signed 8-bit integers with zero point 0: value ≈ integer · scale. The range is ±127, symmetric, so that
/// negating a weight negates its integer.
/// </summary>
internal static class SymmetricQuantizer
{
    /// <summary>Quantizes a matrix [rows, columns] with one scale a column.</summary>
    public static (sbyte[] Integers, float[] Scales) PerColumn(float[] values, int columns)
    {
        var largest = new float[columns];
        for (var i = 0; i < values.Length; i++)
            largest[i % columns] = Math.Max(largest[i % columns], Math.Abs(values[i]));
        var scales = Array.ConvertAll(largest, Scale);
        var integers = new sbyte[values.Length];
        for (var i = 0; i < values.Length; i++)
            integers[i] = Round(values[i], scales[i % columns]);
        return (integers, scales);
    }

    // A column of zeros keeps a scale that can be divided by.
    private static float Scale(float largest) => largest > 0 ? largest / 127 : 1;

    private static sbyte Round(float value, float scale) => (sbyte)Math.Clamp(MathF.Round(value / scale), -127, 127);
}
