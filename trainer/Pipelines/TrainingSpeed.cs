namespace Edge.Trainer.Pipelines;

/// <summary>Tokens that this machine trains a second.</summary>
/// <param name="Teacher">The teacher on labels.</param>
/// <param name="Student">The student on labels.</param>
internal sealed record TrainingSpeed(double Teacher, double Student)
{
    // A backward pass costs twice a forward pass, so asking a teacher costs a third of training it.
    private const double ForwardShare = 1.0 / 3;

    /// <summary>The student on what some teachers answer, their forward passes included.</summary>
    public double Distillation(int teachers) => 1 / ((1 / Student) + (teachers * ForwardShare / Teacher));
}
