using Edge.Trainer.Examples;

namespace Edge.Trainer.Training;

/// <summary>
/// One step of a training: batch, forward, loss, backward, clipping, AdamW. What a phase repeats, and what is measured where a training
/// step is.
/// </summary>
/// <param name="gradients">Computes the gradients.</param>
/// <param name="optimizer">Moves the weights.</param>
/// <param name="wordDropout">Share of the tokens that become [UNK].</param>
internal sealed class TrainingStep(IGradients gradients, WeightOptimizer optimizer, double wordDropout)
{
    /// <summary>Takes a step. Needs a dispose scope.</summary>
    /// <param name="examples">What the batch is taken from.</param>
    /// <param name="members">The batch.</param>
    /// <param name="progress">Part of the phase done, 0 to 1.</param>
    /// <returns>The loss terms of the batch, none where it has nothing to learn from; and its tokens.</returns>
    public (IReadOnlyList<LossTerm> Terms, int Tokens) Take(IReadOnlyList<TrainingExample> examples, int[] members, double progress)
    {
        var (terms, tokens) = gradients.Backward(examples, members, wordDropout);
        if (terms.Count > 0)
        {
            optimizer.Step(progress);
            gradients.Broadcast();
        }
        return (terms, tokens);
    }
}
