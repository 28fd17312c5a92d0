namespace Edge.Bundles.Inference.Batching;

/// <summary>The logits of one utterance of the batch that was run last.</summary>
/// <param name="session">The session that ran it.</param>
/// <param name="row">Its place in the batch.</param>
public readonly struct BatchLogits(BatchSession session, int row) : IUtteranceLogits
{
    /// <inheritdoc/>
    public ReadOnlySpan<float> this[int headIndex] => session.LogitsOf(row, headIndex);

    /// <inheritdoc/>
    public ReadOnlySpan<float> Pooled => session.PooledOf(row);
}
