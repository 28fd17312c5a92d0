namespace Edge.Bundles.Inference;

/// <summary>The raw logits of one utterance, wherever they lie: alone in a worker's buffers, or as a row of a batch.</summary>
public interface IUtteranceLogits
{
    /// <summary>Raw logits of a head: [outputs], or [tokens × tags] with the tags of one token side by side.</summary>
    /// <param name="headIndex">Index of the head in the order of the task.</param>
    ReadOnlySpan<float> this[int headIndex] { get; }

    /// <summary>The pooled vector, [hidden], which heads of whole utterances read; empty where the file does not give it out.</summary>
    ReadOnlySpan<float> Pooled { get; }
}
