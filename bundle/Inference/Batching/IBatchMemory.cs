using Microsoft.ML.OnnxRuntime;

namespace Edge.Bundles.Inference.Batching;

/// <summary>Memory that this process and the model both reach, so that a run copies nothing.</summary>
internal interface IBatchMemory : IDisposable
{
    /// <summary>How inputs in it are bound.</summary>
    OrtMemoryInfo Inputs { get; }

    /// <summary>How outputs in it are bound.</summary>
    OrtMemoryInfo Outputs { get; }

    /// <summary>Takes memory, which stays where it is until this is disposed.</summary>
    nint Allocate(int bytes);
}
