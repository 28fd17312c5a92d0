using Edge.Bundles.Tasks;
using Edge.Trainer.Model;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Edge.Trainer.Training;

/// <summary>The supervised loss of every head.</summary>
internal static class HeadLosses
{
    /// <summary>
    /// Losses of the heads that the batch annotates; may be empty. Labels are smoothed, tags are not: they depend on each other.
    /// </summary>
    /// <param name="task">Heads.</param>
    /// <param name="logits">Logits by head.</param>
    /// <param name="targets">Targets by head.</param>
    /// <param name="labelSmoothing">Probability mass that a label gives to the others.</param>
    /// <param name="factor">Factor of every head's weight.</param>
    /// <param name="labelWeights">How much each label counts, by head; <c>null</c>: all the same.</param>
    public static List<LossTerm> Compute(
        TaskDefinition task,
        IReadOnlyList<Tensor> logits,
        IReadOnlyList<Tensor?> targets,
        double labelSmoothing,
        double factor = 1,
        IReadOnlyList<Tensor?>? labelWeights = null)
    {
        var terms = new List<LossTerm>(targets.Count);
        for (var i = 0; i < targets.Count; i++)
        {
            if (targets[i] is not { } target)
                continue;
            var head = task.Heads[i];
            var value = head.Kind switch
            {
                HeadKind.Single => F.cross_entropy(logits[i], target, labelWeights?[i], label_smoothing: labelSmoothing),
                HeadKind.Span => TagSequence.Loss(head, logits[i], target),
                HeadKind.Multi => Annotated(
                    F.binary_cross_entropy_with_logits(
                        logits[i], Known(target), reduction: nn.Reduction.None, pos_weights: labelWeights?[i]), target),
                _ => Annotated((logits[i].sigmoid() - Known(target)).Squared(), target),
            };
            terms.Add(new LossTerm(head.Name, value, head.Weight * factor));
        }
        return terms;
    }

    private static Tensor Known(Tensor target) => where(target.isnan(), zeros_like(target), target);

    // Mean over the annotated rows only.
    private static Tensor Annotated(Tensor losses, Tensor target)
    {
        var annotated = target.isnan().logical_not().to(losses.dtype);
        return (losses * annotated).sum() / annotated.sum();
    }
}
