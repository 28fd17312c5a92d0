using Edge.Bundles.Decoding;
using Edge.Bundles.Tasks;
using Edge.Trainer.Examples;
using Edge.Trainer.Model;
using static TorchSharp.torch;

namespace Edge.Trainer.Training;

/// <summary>
/// The tags of a batch as linear-chain conditional random fields (Lafferty et al. 2001), as <see cref="BioDecoder"/> decodes them: a
/// path scores its logits and its transitions; training raises the score of the right path against that of all others.
/// </summary>
internal static class TagSequence
{
    private const float Forbidden = -10_000;

    /// <summary>Negative log-likelihood of the right paths, per annotated token.</summary>
    /// <param name="head">The span head; its transitions are counted, not trained.</param>
    /// <param name="logits">[batch, tokens, tags].</param>
    /// <param name="tags">Int64 [batch, tokens]; <see cref="HeadTarget.NotAnnotated"/> outside of the utterances.</param>
    public static Tensor Loss(HeadDefinition head, Tensor logits, Tensor tags)
    {
        var annotated = tags.ne(Scalars.Of(HeadTarget.NotAnnotated)); // [batch, tokens]
        var right = tags.clamp_min(Scalars.Of(0));
        var transitions = Transitions(head, logits.device);
        var emitted = (logits.gather(2, right.unsqueeze(-1)).squeeze(-1) * annotated).sum();
        var (before, after) = (right.narrow(1, 0, right.shape[1] - 1), right.narrow(1, 1, right.shape[1] - 1));
        var pairs = annotated.narrow(1, 0, before.shape[1]).logical_and(annotated.narrow(1, 1, before.shape[1]));
        var passed =
            (transitions.reshape(-1).index_select(0, before.mul(Scalars.Of(head.OutputCount)).Plus(after).reshape(-1)) * pairs.reshape(-1))
                .sum();
        return (LogPartitions(logits, annotated, transitions).sum() - emitted - passed) / annotated.sum();
    }

    /// <summary>
    /// The same towards a teacher's marginals instead of right tags: the cross-entropy of whole paths, up to what no weight
    /// changes (structure-level distillation, Wang et al. 2020).
    /// </summary>
    /// <param name="head">The span head.</param>
    /// <param name="logits">[batch, tokens, tags].</param>
    /// <param name="marginals">Probabilities of each token's tags by <see cref="Marginals"/>, or a mean of such.</param>
    /// <param name="annotated">Tokens of the utterances, Bool [batch, tokens].</param>
    public static Tensor Loss(HeadDefinition head, Tensor logits, Tensor marginals, Tensor annotated)
    {
        var expected = ((logits * marginals).sum(-1) * annotated).sum();
        return (LogPartitions(logits, annotated, Transitions(head, logits.device)).sum() - expected) / annotated.sum();
    }

    /// <summary>Probability of each tag at each token, over all paths; without gradient.</summary>
    /// <param name="head">The span head.</param>
    /// <param name="logits">[batch, tokens, tags].</param>
    /// <param name="annotated">Tokens of the utterances, Bool [batch, tokens].</param>
    /// <returns>[batch, tokens, tags]; zeros outside of the utterances.</returns>
    public static Tensor Marginals(HeadDefinition head, Tensor logits, Tensor annotated)
    {
        // The derivative of the log-partition by a logit is the marginal: the backward pass is the backward algorithm.
        using var scope = NewDisposeScope();
        using var gradient = enable_grad();
        var leaf = logits.detach().clone().requires_grad_();
        LogPartitions(leaf, annotated, Transitions(head, logits.device)).sum().backward();
        return leaf.grad!.MoveToOuterDisposeScope();
    }

    // Logarithm of the sum over all paths, [batch]; 0 for rows without a token. The tokens of a row lie side by side; the first of all is
    // [CLS].
    private static Tensor LogPartitions(Tensor logits, Tensor annotated, Tensor transitions)
    {
        var count = logits.shape[1];
        var factors = transitions.exp();
        var start = Start(logits.shape[2], logits.device);
        var steps = annotated.unsqueeze(-1).unbind(1); // each [batch, 1]
        var emissions = logits.unbind(1); // each [batch, tags]
        var late = annotated.select(1, 1).logical_not().logical_and(annotated.any(1)).any().item<bool>(); // a context stands before some
        var forward = start.Plus(emissions[1]);
        for (var i = 2; i < count; i++)
        {
            // The sum over previous tags as a matrix product; the highest weight is taken out so that none overflows.
            var highest = forward.detach().amax([-1], keepdim: true);
            var next = (forward - highest).exp().mm(factors).add(Scalars.Of(1e-30), Scalars.One).log().Plus(highest).Plus(emissions[i]);
            if (late)
                next = where(steps[i - 1], next, start.Plus(emissions[i]));
            forward = where(steps[i], next, forward);
        }
        return forward.logsumexp(-1) * annotated.any(1);
    }

    private static Tensor Start(long tags, Device device)
    {
        var values = new float[tags];
        for (var tag = BioTags.Inside(0); tag < tags; tag += 2)
            values[tag] = Forbidden;
        return tensor(values, device: device);
    }

    // [tags, tags], from row to column.
    private static Tensor Transitions(HeadDefinition head, Device device)
    {
        var tags = head.OutputCount;
        var matrix = new float[tags * tags];
        (head.Transitions ?? new TagTransitions(new float[tags], [])).CopyTo(matrix, Forbidden);
        return tensor(matrix, [tags, tags], device: device);
    }
}
