using Edge.Bundles.Common;

namespace Edge.Bundles.Inference.Cuda;

/// <summary>CUDA cannot be used: everything that is missing, and what to do.</summary>
/// <param name="problems">What is wrong, each with its remedy.</param>
/// <param name="innerException">What went wrong below, where something did.</param>
public sealed class CudaException(IReadOnlyList<string> problems, Exception? innerException = null)
    : UserException(Common.ExitCode.Environment, $"CUDA cannot be used:\n  {string.Join("\n  ", problems)}", innerException)
{
    /// <summary>What is wrong, each with its remedy.</summary>
    public IReadOnlyList<string> Problems { get; } = problems;
}
