using static TorchSharp.torch;

namespace Edge.Trainer.Model;

/// <summary>What a forward pass gives.</summary>
/// <param name="Hidden">Hidden states after the embeddings and after each layer, [batch, tokens, hidden] each.</param>
/// <param name="Logits">Logits of each head in the task's order: [batch, outputs], or [batch, tokens, tags] for spans.</param>
internal sealed record TaskOutputs(IReadOnlyList<Tensor> Hidden, IReadOnlyList<Tensor> Logits)
{
    /// <summary>Hidden states after the last layer, [batch, tokens, hidden].</summary>
    public Tensor Last => Hidden[^1];
}
