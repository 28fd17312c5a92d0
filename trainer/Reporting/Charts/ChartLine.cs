namespace Edge.Trainer.Reporting.Charts;

/// <summary>A line of a chart.</summary>
/// <param name="Name">Name in the legend.</param>
/// <param name="Points">Points from left to right.</param>
internal sealed record ChartLine(string Name, IReadOnlyList<(double X, double Y)> Points)
{
    /// <summary>Name in Chinese; <c>null</c>: the same.</summary>
    public string? Chinese { get; init; }

    /// <summary>Draws a dot at each point, for few points.</summary>
    public bool Dots { get; init; }

    /// <summary>Draws steps instead of slopes.</summary>
    public bool Steps { get; init; }
}
