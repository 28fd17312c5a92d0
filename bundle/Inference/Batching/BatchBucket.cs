using Microsoft.ML.OnnxRuntime;

namespace Edge.Bundles.Inference.Batching;

/// <summary>One shape's bindings and, on a GPU, the number of its graph. Bound once: what is bound again is copied.</summary>
internal sealed record BatchBucket(BatchShape Shape, OrtIoBinding Binding, RunOptions Options);
