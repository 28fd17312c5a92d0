namespace TorchSharp.Utils;

/// <summary>TensorFlow's histogram: bins that grow by a tenth from 1e-12 to 1e20, on both sides of zero.</summary>
internal static class Histogram
{
    private static readonly double[] Limits = MakeLimits();

    /// <summary>A HistogramProto of the bins from the first to the last that is not empty.</summary>
    internal static ProtoWriter Of(torch.Tensor values)
    {
        if (values.numel() == 0)
            throw new ArgumentException("The input has no element.");
        double[] data;
        using (var flat = values.to(torch.ScalarType.Float64, torch.CPU))
            data = flat.data<double>().ToArray();

        var counts = new double[Limits.Length];
        var squares = 0.0;
        foreach (var value in data)
        {
            // Bin i holds what lies above limit i-1 and not above limit i.
            var at = Array.BinarySearch(Limits, value);
            counts[Math.Min(at < 0 ? ~at : at, Limits.Length - 1)]++;
            squares += value * value;
        }
        var first = Array.FindIndex(counts, count => count > 0);
        var last = Array.FindLastIndex(counts, count => count > 0);
        // An empty bin goes before the first one, whose limit says where the first bin begins.
        first = Math.Max(first - 1, 0);

        return new ProtoWriter()
            .Double(1, data.Min()).Double(2, data.Max()).Double(3, data.Length).Double(4, data.Sum()).Double(5, squares)
            .Doubles(6, Limits[first..(last + 1)]).Doubles(7, counts[first..(last + 1)]);
    }

    private static double[] MakeLimits()
    {
        var positive = new List<double>();
        for (var limit = 1e-12; limit < 1e20; limit *= 1.1)
            positive.Add(limit);
        return [.. positive.AsEnumerable().Reverse().Select(limit => -limit), 0, .. positive];
    }
}
