using Edge.Trainer.Model;
using static TorchSharp.torch;

namespace Edge.Trainer.Distillation.Terms;

/// <summary>Runs a model and keeps the queries, keys and values of chosen layers; nothing is kept of any other pass.</summary>
internal static class ProjectedCall
{
    /// <param name="model">The model.</param>
    /// <param name="tokens">What it reads.</param>
    /// <param name="layers">Layers, from 0; none: an ordinary pass.</param>
    /// <returns>The outputs, and by layer [batch, tokens, 3 · hidden]; all of them belong to the caller's dispose scope.</returns>
    public static (TaskOutputs Outputs, IReadOnlyDictionary<int, Tensor> Projected) Run(
        BertTaskModel model, TokenBatch tokens, IReadOnlyCollection<int> layers)
    {
        var kept = new Dictionary<int, Tensor>(layers.Count);
        if (layers.Count == 0)
            return (model.call(tokens), kept);
        var attention = model.modules().OfType<BertSelfAttention>().ToArray(); // in the order of the layers
        foreach (var layer in layers)
            attention[layer].Projected = projected => kept[layer] = projected.DetachFromDisposeScope();
        try
        {
            var outputs = model.call(tokens);
            foreach (var projected in kept.Values)
                projected.MoveToOtherDisposeScope(outputs.Last);
            return (outputs, kept);
        }
        finally
        {
            foreach (var layer in layers)
                attention[layer].Projected = null;
        }
    }
}
