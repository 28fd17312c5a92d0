namespace Edge.Bench.Gpu;

/// <summary>A model on a GPU with certain settings.</summary>
/// <param name="Graphs">Whether buckets are captured in CUDA graphs.</param>
/// <param name="AttentionKernels">The provider's <c>sdpa_kernel</c>.</param>
/// <param name="OpenMs">Opening it, with every bucket's first run.</param>
/// <param name="Buckets">Every bucket.</param>
internal sealed record GpuVariant(bool Graphs, int AttentionKernels, double OpenMs, IReadOnlyList<GpuRow> Buckets);
