using Microsoft.ML.OnnxRuntime;

namespace Edge.Bundles.Inference.Batching;

/// <summary>What one shape is bound to. Bound once: what is bound again is copied.</summary>
/// <param name="Binding">Its inputs and outputs.</param>
/// <param name="Options">On a GPU, the number of its graph.</param>
/// <param name="Run">Runs it.</param>
internal sealed record BatchBucket(OrtIoBinding Binding, RunOptions Options, Action Run);
