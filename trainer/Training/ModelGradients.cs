using Edge.Trainer.Examples;

namespace Edge.Trainer.Training;

/// <summary>The gradients of a model that works alone.</summary>
/// <param name="context">What the phases share.</param>
/// <param name="losses">The model's loss.</param>
internal sealed class ModelGradients(TrainingContext context, LossFunction losses) : IGradients
{
    /// <inheritdoc/>
    public (IReadOnlyList<LossTerm> Terms, int Tokens) Backward(IReadOnlyList<TrainingExample> examples, int[] members, double wordDropout)
    {
        var batch = TrainingBatch.Create(examples, members, wordDropout, context);
        var terms = losses(batch);
        if (terms.Count > 0)
            LossTerm.Sum(terms).backward();
        return (terms, batch.TokenCount);
    }

    /// <inheritdoc/>
    public void Broadcast()
    {
    }
}
