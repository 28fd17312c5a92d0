using Edge.Trainer.Distillation.Teachers;
using Edge.Trainer.Distillation.Terms;
using Edge.Trainer.Training;

namespace Edge.Trainer.Distillation;

/// <summary>Trains a student on what its teachers answer: the student's phase.</summary>
internal static class Distiller
{
    /// <summary>Trains a student until the limit or until the dev score stops rising.</summary>
    /// <param name="phase">What is trained, and how; its epochs are the transfer set: labelled, augmented and unlabelled
    /// utterances.</param>
    /// <param name="targets">The teachers' answers; they read the utterances without word dropout.</param>
    /// <param name="distillation">What counts how much.</param>
    /// <param name="labelSmoothing">Probability mass that a label gives to the others, 0 to below 1.</param>
    /// <param name="context">What the phases share.</param>
    public static PhaseResult Train(
        TrainingPhase phase, SoftTargets targets, DistillationOptions distillation, double labelSmoothing, TrainingContext context)
    {
        var student = phase.Model;
        using var inner = distillation.UsesIntermediateLayers
            ? new IntermediateLayerLosses(distillation, student.Config, targets.Teachers.Config, context.Device)
            : null;
        return new TrainingLoop(context).Run(phase, Losses, inner?.Modules);

        IReadOnlyList<LossTerm> Losses(TrainingBatch batch)
        {
            var looked = inner is null ? default : targets.Teachers.Look(batch.Clean, inner.TeacherLayers);
            var answers = distillation.SoftWeight > 0 ? targets.Of(batch, looked.Outputs?.Logits) : [];
            var pass = ProjectedCall.Run(student, batch.Tokens, inner?.StudentLayers ?? []);
            List<LossTerm> terms = [];
            // Every label counts the same, whatever else is in its batch.
            var labelled = (double)batch.Examples.Count(example => example.IsLabelled) / batch.Examples.Count;
            if (distillation.HardWeight > 0 && labelled > 0)
                terms.AddRange(
                    HeadLosses.Compute(
                        context.Task, pass.Outputs.Logits, batch.Targets, labelSmoothing, distillation.HardWeight * labelled));
            if (distillation.SoftWeight > 0)
                terms.AddRange(
                    SoftLosses.Compute(context.Task, pass.Outputs.Logits, answers, TextTokens.Of(batch, context.Device),
                        distillation.Temperature, distillation.SoftWeight));
            if (inner is not null)
                terms.AddRange(inner.Compute(pass, looked, batch.Tokens.Mask, student.Compute));
            return terms;
        }
    }
}
