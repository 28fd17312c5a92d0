using Edge.Bench.Statistics;

namespace Edge.Bench.Training;

/// <summary>One line of the result.</summary>
/// <param name="Model">Name of the size.</param>
/// <param name="Dropout">Dropout of the model.</param>
/// <param name="EdgeMs">Median step of edge-trainer, milliseconds.</param>
/// <param name="TorchMs">Median step of PyTorch, milliseconds.</param>
/// <param name="Ratio">Wall time of edge-trainer's step over PyTorch's, round by round.</param>
/// <param name="CpuRatio">The same of processor time, which other work on the machine disturbs less.</param>
internal sealed record TrainRow(string Model, double Dropout, double EdgeMs, double TorchMs, MedianInterval Ratio, MedianInterval CpuRatio)
{
    /// <summary>Version of the libtorch that edge-trainer runs over.</summary>
    public required string EdgeLibTorch { get; init; }

    /// <summary>Version of the libtorch that PyTorch runs over.</summary>
    public required string TorchLibTorch { get; init; }
}
