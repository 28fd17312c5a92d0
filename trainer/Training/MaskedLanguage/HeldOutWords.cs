using Edge.Trainer.Common;
using Edge.Trainer.Examples;
using Edge.Trainer.Model;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Edge.Trainer.Training.MaskedLanguage;

/// <summary>How well hidden words of texts that were not trained on are guessed.</summary>
/// <param name="Loss">Mean cross-entropy of a hidden word, in nats.</param>
/// <param name="Accuracy">Share of hidden words that are guessed right.</param>
/// <param name="Words">Words that were hidden.</param>
internal sealed record HeldOutWords(double Loss, double Accuracy, long Words)
{
    private const int BatchSize = 32;
    private const int Most = 2_000;

    /// <summary>Splits texts off for this: one of 50, at most 2,000.</summary>
    public static (List<TrainingExample> Train, List<TrainingExample> HeldOut) Split(List<TrainingExample> examples, int seed)
    {
        var random = SeededRandom.For(seed, "held out");
        var order = Enumerable.Range(0, examples.Count).ToArray();
        random.Shuffle(order);
        var heldOut = order.Take(Math.Min(Most, examples.Count / 50)).ToHashSet();
        return ([.. examples.Where((_, i) => !heldOut.Contains(i))], [.. examples.Where((_, i) => heldOut.Contains(i))]);
    }

    /// <summary>Hides the same words each time it is asked.</summary>
    public static HeldOutWords Measure(
        BertTaskModel model, MaskedWordHead head, MaskUnits units, double share, IReadOnlyList<TrainingExample> examples,
        TrainingContext context)
    {
        model.eval();
        using var noGrad = no_grad();
        var random = new ResumableRandom(1);
        var (loss, right, words) = (0.0, 0L, 0L);
        foreach (var members in BatchSampler.Sorted(EpochSource.Lengths(examples), BatchSize))
        {
            context.Cancellation.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            var batch = TrainingBatch.Create(examples, members, 0, context);
            var masked = MaskedWords.Draw(batch.Encoded, share, context.Tokenizer, random, units);
            if (masked.Words.Length == 0)
                continue;
            var logits = Pretrainer.Guess(model, head, batch.Clean, masked, context);
            var targets = tensor(masked.Words, device: context.Device);
            loss += F.cross_entropy(logits, targets, reduction: nn.Reduction.Sum).item<float>();
            right += logits.argmax(-1).eq(targets).sum().item<long>(); // fillers of the list are no word, so never right
            words += masked.Words.LongCount(word => word != HeadTarget.NotAnnotated);
        }
        return new HeldOutWords(loss / Math.Max(1, words), (double)right / Math.Max(1, words), words);
    }
}
