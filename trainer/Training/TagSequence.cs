using Edge.Bundles.Decoding;
using Edge.Bundles.Tasks;
using Edge.Trainer.Examples;
using Edge.Trainer.Model;
using static TorchSharp.torch;

namespace Edge.Trainer.Training;

/// <summary>
/// The tags of a batch as linear-chain conditional random fields (Lafferty et al. 2001), by the very sums with which
/// <see cref="BioDecoder"/> decodes them; training raises the score of the right path against that of all others. The gradient of a
/// log-partition is the marginals (Sutton and McCallum 2012), so none of it needs to be recorded by libtorch: a step costs 0.2 to 0.8
/// ms for 32 utterances, a third to a tenth of what the same sums cost as tensors (docs/adr/0012).
/// </summary>
internal static class TagSequence
{
    /// <summary>Negative log-likelihood of the right paths, per annotated token.</summary>
    /// <param name="head">The span head; its transitions are counted, not trained.</param>
    /// <param name="logits">[batch, tokens, tags].</param>
    /// <param name="tags">Int64 [batch, tokens]; <see cref="HeadTarget.NotAnnotated"/> outside of the utterances.</param>
    public static Tensor Loss(HeadDefinition head, Tensor logits, Tensor tags)
    {
        var right = Array.ConvertAll(Values<long>(tags), tag => (int)tag);
        var paths = new Paths(head, logits, Array.ConvertAll(right, tag => tag != HeadTarget.NotAnnotated), right);
        foreach (var (first, end) in paths.Rows)
        {
            for (var token = first; token < end; token++)
                paths.Marginals[(token * paths.Tags) + right[token]] -= 1;
        }
        return paths.WithGradient(logits, -paths.Sum);
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
        var paths = new Paths(head, logits, Values<bool>(annotated));
        var loss = paths.Sum;
        var expected = Values<float>(marginals);
        foreach (var (first, end) in paths.Rows)
        {
            for (var at = first * paths.Tags; at < end * paths.Tags; at++)
            {
                loss -= (double)paths.Logits[at] * expected[at];
                paths.Marginals[at] -= expected[at];
            }
        }
        return paths.WithGradient(logits, loss);
    }

    /// <summary>Probability of each tag at each token, over all paths; without gradient.</summary>
    /// <param name="head">The span head.</param>
    /// <param name="logits">[batch, tokens, tags].</param>
    /// <param name="annotated">Tokens of the utterances, Bool [batch, tokens].</param>
    /// <returns>[batch, tokens, tags]; zeros outside of the utterances.</returns>
    public static Tensor Marginals(HeadDefinition head, Tensor logits, Tensor annotated) =>
        tensor(new Paths(head, logits, Values<bool>(annotated)).Marginals, logits.shape, device: logits.device);

    private static T[] Values<T>(Tensor tensor)
        where T : unmanaged
    {
        using var here = tensor.detach().cpu().contiguous();
        return here.data<T>().ToArray();
    }

    private sealed class Paths
    {
        private readonly int _annotated;

        public Paths(HeadDefinition head, Tensor logits, bool[] annotated, int[]? right = null)
        {
            (Tags, Logits) = (head.OutputCount, Values<float>(logits));
            Marginals = new float[Logits.Length];
            var tokens = (int)logits.shape[1];
            for (var start = 0; start < annotated.Length; start += tokens)
            {
                var count = annotated.AsSpan(start, tokens).Count(true);
                if (count == 0)
                    continue;
                // The tokens of a row lie side by side; [CLS] and a context stand before them.
                var first = start + annotated.AsSpan(start, tokens).IndexOf(true);
                Rows.Add((first, first + count));
                var row = Logits.AsSpan(first * Tags, count * Tags);
                var marginals = Marginals.AsSpan(first * Tags, count * Tags);
                Sum += right is null
                    ? BioDecoder.Marginals(row, head.Transitions, Tags, marginals)
                    : BioDecoder.LogProbability(row, head.Transitions, right.AsSpan(first, count), Tags, marginals);
                _annotated += count;
            }
        }

        public int Tags { get; }

        public float[] Logits { get; }

        public float[] Marginals { get; }

        public List<(int First, int End)> Rows { get; } = [];

        // Of the rows' log-partitions, or of the log-probabilities of the right paths.
        public double Sum { get; }

        // A loss per token whose gradient by the logits is what has become of the marginals.
        public Tensor WithGradient(Tensor logits, double loss)
        {
            var tokens = Math.Max(1, _annotated);
            for (var i = 0; i < Marginals.Length; i++)
                Marginals[i] /= tokens;
            var product = (logits * tensor(Marginals, logits.shape, device: logits.device)).sum();
            return (product - product.detach()).Plus(tensor((float)(loss / tokens), device: logits.device));
        }
    }
}
