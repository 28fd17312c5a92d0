namespace Edge.Bundles;

/// <summary>What a measure is on the dev utterances in scope.</summary>
/// <param name="Mean">Its mean.</param>
/// <param name="Deviation">Its standard deviation, above 0.</param>
public sealed record OutOfScopePart(float Mean, float Deviation)
{
    /// <summary>A value in standard deviations from the mean.</summary>
    public double Standardize(double value) => (value - Mean) / Deviation;
}
