namespace Edge.Trainer.Running;

/// <summary>Tokens that this machine trains a second.</summary>
/// <param name="Teacher">The teacher on labels.</param>
/// <param name="Student">The student on labels.</param>
/// <param name="Distillation">The student on what the teacher answers, the teacher's forward pass included.</param>
internal sealed record TrainingSpeed(double Teacher, double Student, double Distillation);
