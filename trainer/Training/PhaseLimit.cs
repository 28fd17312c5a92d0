namespace Edge.Trainer.Training;

/// <summary>How long a phase may take. Whichever is reached first ends it; the learning rate falls towards that end.</summary>
/// <param name="Epochs">Passes over the training set, &gt; 0; need not be whole.</param>
/// <param name="Time">Wall time, evaluations included.</param>
internal sealed record PhaseLimit(double Epochs, TimeSpan Time);
