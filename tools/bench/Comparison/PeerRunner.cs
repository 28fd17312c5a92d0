namespace Edge.Bench.Comparison;

/// <summary>Programs of Node.js that answer for a side.</summary>
internal enum PeerRunner
{
    /// <summary>None.</summary>
    None,

    /// <summary>onnxruntime-node, with the model alone.</summary>
    OnnxRuntime,

    /// <summary>@huggingface/transformers, from text to answer.</summary>
    Transformers,
}
