using Microsoft.ML.OnnxRuntime;

namespace Edge.Bundles.Inference.Batching;

/// <summary>What one shape is bound to. Bound once: what is bound again is copied.</summary>
/// <param name="Binding">Its inputs and outputs.</param>
/// <param name="Options">On a GPU, the number of its graph.</param>
/// <param name="Run">Runs it on a GPU.</param>
/// <param name="Capture">Runs it there for the first time, which captures its graph.</param>
internal sealed record BatchBucket(OrtIoBinding Binding, RunOptions Options, Action Run, Action Capture);
