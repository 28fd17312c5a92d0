namespace Edge.Bundles.Inference.Cuda;

/// <summary>A GPU that CUDA shows this process.</summary>
/// <param name="Number">Its number; <c>CUDA_VISIBLE_DEVICES</c> changes what is counted.</param>
/// <param name="Name">What its maker calls it.</param>
/// <param name="Major">Compute capability, before the point.</param>
/// <param name="Minor">Behind it.</param>
public sealed record CudaDevice(int Number, string Name, int Major, int Minor)
{
    /// <summary>Whether the provider has machine code for it: that of 7.5, 8.0, 8.6, 8.9, 9.0 and 12.0, and nothing to compile.</summary>
    public bool IsSupported => (Major, Minor) is (7, >= 5) or (8, _) or (9, _) or (12, _);
}
