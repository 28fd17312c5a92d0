using Edge.Trainer.Model;
using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Edge.Trainer.Training.MaskedLanguage;

/// <summary>
/// Masked-language modelling on the training text itself: a model that starts from nothing learns there what words are,
/// before it learns what they mean for the heads.
/// </summary>
internal static class Pretrainer
{
    /// <summary>Share of the words that are hidden: more than BERT's 15 %, because a small set is read only a few times.</summary>
    public const double MaskedShare = 0.25;

    /// <summary>Name of its loss term.</summary>
    public const string Term = "masked words";

    /// <summary>Trains a model's encoder with a head that is thrown away, on words that are hidden one by one.</summary>
    public static PhaseResult Train(TrainingPhase phase, TrainingContext context)
    {
        using var head = new MaskedWordHead(phase.Model.Config, phase.Model.Compute).to(context.Device);
        return Train(phase, head, null, MaskedShare, context);
    }

    /// <summary>Trains a model's encoder and its head.</summary>
    /// <param name="phase">What is trained, and how.</param>
    /// <param name="head">Guesses the hidden words.</param>
    /// <param name="units">Which tokens are hidden together; <c>null</c>: each for itself.</param>
    /// <param name="share">Share of the tokens that are hidden, above 0 to 0.5.</param>
    /// <param name="context">What the phases share.</param>
    public static PhaseResult Train(TrainingPhase phase, MaskedWordHead head, MaskUnits? units, double share, TrainingContext context)
    {
        return new TrainingLoop(context).Run(phase, Losses, [head]);

        IReadOnlyList<LossTerm> Losses(TrainingBatch batch)
        {
            var masked = MaskedWords.Draw(batch.Encoded, share, context.Tokenizer, context.Random, units);
            if (masked.Words.Length == 0)
                return [];
            return [new LossTerm(Term,
                F.cross_entropy(Guess(phase.Model, head, batch.Clean, masked, context), tensor(masked.Words, device: context.Device)), 1)];
        }
    }

    /// <summary>Logits of the hidden words, [masked, vocabulary].</summary>
    public static Tensor Guess(BertTaskModel model, MaskedWordHead head, TokenBatch clean, MaskedWords masked, TrainingContext context)
    {
        var ids = TokenBatch.CreateIds(masked.Ids, context.Tokenizer.PadId, context.Device);
        var hidden = model.Encode(clean with { Ids = ids })[^1]; // [batch, tokens, hidden]
        // [masked, hidden]
        var guessed = hidden.reshape(-1, model.Config.HiddenSize).index_select(0, tensor(masked.Positions, device: context.Device));
        return head.call(guessed, model.WordWeight);
    }
}
