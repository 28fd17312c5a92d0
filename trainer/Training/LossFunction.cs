namespace Edge.Trainer.Training;

/// <summary>Gives the loss terms of a batch; none where the batch has nothing to learn from.</summary>
internal delegate IReadOnlyList<LossTerm> LossFunction(TrainingBatch batch);
