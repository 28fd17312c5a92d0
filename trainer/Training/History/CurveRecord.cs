namespace Edge.Trainer.Training.History;

/// <summary>A curve as it is kept.</summary>
/// <param name="Name">What it shows.</param>
/// <param name="Steps">Steps of the phase.</param>
/// <param name="Values">Values there.</param>
internal sealed record CurveRecord(string Name, IReadOnlyList<double> Steps, IReadOnlyList<double> Values)
{
    /// <summary>Takes a curve, with five significant digits.</summary>
    public static CurveRecord Of(string name, CurveSeries series) => new(
        name, [.. series.Points.Select(point => Math.Round(point.Step, 1))], [.. series.Points.Select(point => Round(point.Value))]);

    private static double Round(double value) =>
        value == 0 ? 0 : Math.Round(value, Math.Clamp(4 - (int)Math.Floor(Math.Log10(Math.Abs(value))), 0, 15));
}
