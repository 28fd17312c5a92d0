using Edge.Trainer.Model;
using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Edge.Trainer.Training;

/// <summary>
/// Masked-language modelling on the training text itself: a model that starts from nothing learns there what words are,
/// before it learns what they mean for the heads.
/// </summary>
internal static class Pretrainer
{
    /// <summary>Share of the words that are hidden: more than BERT's 15 %, because a small set is read only a few times.</summary>
    public const double MaskedShare = 0.25;

    /// <summary>Trains a model's encoder.</summary>
    public static PhaseResult Train(string phase, BertTaskModel model, EpochSource epochs, LoopOptions options, PhaseLimit limit, TrainingContext context)
    {
        using var head = new MaskedWordHead(model.Config, model.Compute).to(context.Device);
        return new TrainingLoop(context).Run(phase, model, [head], epochs, null, Losses, options, limit);

        IReadOnlyList<LossTerm> Losses(TrainingBatch batch)
        {
            var masked = MaskedWords.Draw(batch.Encoded, MaskedShare, context.Tokenizer, context.Random);
            if (masked.Words.Length == 0)
                return [];
            var ids = TokenBatch.CreateIds(masked.Ids, context.Tokenizer.PadId, context.Device);
            var hidden = model.Encode(batch.Clean with { Ids = ids })[^1]; // [batch, tokens, hidden]
            var guessed = hidden.reshape(-1, model.Config.HiddenSize).index_select(0, tensor(masked.Positions, device: context.Device)); // [masked, hidden]
            var logits = head.call(guessed, model.WordWeight); // [masked, vocabulary]
            return [new LossTerm("masked words", F.cross_entropy(logits, tensor(masked.Words, device: context.Device)), 1)];
        }
    }
}
