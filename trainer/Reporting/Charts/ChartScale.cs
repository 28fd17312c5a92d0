namespace Edge.Trainer.Reporting.Charts;

/// <summary>Maps values to places along one axis, and finds round values to mark there.</summary>
/// <param name="From">Value at the start of the axis.</param>
/// <param name="To">Value at its end, above <paramref name="From"/>.</param>
/// <param name="Start">Place of the start.</param>
/// <param name="End">Place of the end.</param>
internal sealed record ChartScale(double From, double To, double Start, double End)
{
    /// <summary>The place of a value; values beyond the axis lie on its ends.</summary>
    public double this[double value] => Start + (Math.Clamp((value - From) / (To - From), 0, 1) * (End - Start));

    /// <summary>Round values within the axis: multiples of 1, 2 or 5 times a power of ten.</summary>
    /// <param name="about">How many are wanted, about.</param>
    public IReadOnlyList<double> Ticks(int about)
    {
        var rough = (To - From) / about;
        var power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        var step = new[] { 1, 2, 5, 10 }.Select(factor => factor * power).First(candidate => candidate >= rough * 0.999);
        var first = (long)Math.Ceiling((From / step) - 1e-9);
        var last = (long)Math.Floor((To / step) + 1e-9);
        return [.. Enumerable.Range(0, (int)(last - first) + 1).Select(i => Math.Round((first + i) * step, 10))];
    }
}
