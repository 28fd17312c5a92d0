using Edge.Trainer.Examples;

namespace Edge.Trainer.Training;

/// <summary>Computes the gradients of a step: of one model, or of copies of it that share the batch.</summary>
internal interface IGradients
{
    /// <summary>Computes them into the model that is trained. Needs a dispose scope.</summary>
    /// <returns>The loss terms of the batch, none where it has nothing to learn from; and its tokens.</returns>
    (IReadOnlyList<LossTerm> Terms, int Tokens) Backward(IReadOnlyList<TrainingExample> examples, int[] members, double wordDropout);

    /// <summary>Gives the weights of the model that is trained to its copies.</summary>
    void Broadcast();
}
