using Edge.Trainer.Evaluation;
using Edge.Trainer.Model;
using Edge.Trainer.Training;
using TorchSharp;

namespace Edge.Trainer.Distillation;

/// <summary>Trains a student on what its teacher answers: the student's phase.</summary>
internal static class Distiller
{
    /// <summary>Trains a student until the limit or until the dev score stops rising.</summary>
    /// <param name="phase">Name that progress is shown under.</param>
    /// <param name="student">The model that is trained.</param>
    /// <param name="teachers">Who is asked; they read the utterances without word dropout.</param>
    /// <param name="epochs">Transfer set of each epoch: labelled and augmented utterances.</param>
    /// <param name="dev">Set that decides which weights are best.</param>
    /// <param name="distillation">What counts how much.</param>
    /// <param name="options">How to train.</param>
    /// <param name="limit">When to end.</param>
    /// <param name="context">What the phases share.</param>
    public static PhaseResult Train(
        string phase,
        BertTaskModel student,
        TeacherEnsemble teachers,
        EpochSource epochs,
        DevSet dev,
        DistillationOptions distillation,
        LoopOptions options,
        PhaseLimit limit,
        TrainingContext context)
    {
        using var hidden = distillation.HiddenWeight > 0 ? new HiddenLoss(student.Config, teachers.Config).to(context.Device) : null;
        return new TrainingLoop(context).Run(phase, student, hidden is null ? [] : [hidden], epochs, dev, Losses, options, limit);

        IReadOnlyList<LossTerm> Losses(TrainingBatch batch)
        {
            var taught = teachers.Ask(batch.Clean);
            var outputs = student.call(batch.Tokens);
            List<LossTerm> terms = [];
            if (distillation.HardWeight > 0)
                terms.AddRange(HeadLosses.Compute(context.Task, outputs.Logits, batch.Targets, 0, distillation.HardWeight));
            if (distillation.SoftWeight > 0)
            {
                terms.AddRange(SoftLosses.Compute(
                    context.Task, outputs.Logits, taught.Logits, batch.Tokens.Mask, distillation.Temperature, distillation.SoftWeight));
            }
            if (hidden is not null)
                terms.Add(new LossTerm("hidden", hidden.call(outputs, taught, batch.Tokens.Mask), distillation.HiddenWeight));
            return terms;
        }
    }
}
