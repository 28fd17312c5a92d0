using Edge.Trainer.Distillation.Teachers;
using Edge.Trainer.Examples;
using Edge.Trainer.Model;
using Edge.Trainer.Training;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Edge.Trainer.Distillation;

/// <summary>
/// Quantization-aware training: a copy of a student, whose encoder computes as the INT8 file does, learns to answer as the student does
/// in single precision (Zafrir et al. 2019, arXiv:1910.06188; the student as its own teacher: Mishra and Marr 2018, arXiv:1711.05852).
/// </summary>
internal static class QuantizationAwareTraining
{
    /// <summary>Trains.</summary>
    /// <param name="student">The student; it stays as it is.</param>
    /// <param name="training">Training utterances; their labels do not count.</param>
    /// <param name="dev">Set that decides which weights are best, rounded as they are.</param>
    /// <param name="options">How to train.</param>
    /// <param name="limit">When to end.</param>
    /// <param name="context">What the phases share.</param>
    /// <returns>Weights for the INT8 file, not yet rounded.</returns>
    public static ModelWeights Train(
        BertTaskModel student, IReadOnlyList<TrainingExample> training, DevSet dev, LoopOptions options, PhaseLimit limit,
        TrainingContext context)
    {
        using var copy = new BertTaskModel(student.Config, context.Task, context.Compute).to(context.Device);
        ModelParameters.Load(copy, ModelParameters.ToWeights(student), "the student");
        var rounded = FakeQuantize(copy);
        try
        {
            var itself = new SoftTargets(new TeacherEnsemble([student]), null, new TeacherAnswerCache(0), context);
            var distillation = new DistillationOptions { HardWeight = 0, SoftWeight = 1, Temperature = 1 };
            Distiller.Train(new TrainingPhase(PhaseNames.QuantizationAware, copy, EpochSource.Of(training), dev, options, limit), itself,
                distillation, 0, context);
            return ModelParameters.ToWeights(copy);
        }
        finally
        {
            foreach (var layer in rounded)
                context.Compute.Overrides.Remove(layer);
        }
    }

    /// <summary>Lets a model's word table and encoder compute as its INT8 file does, until its layers carry that no more.</summary>
    /// <returns>The layers.</returns>
    public static IReadOnlyList<nn.Module> FakeQuantize(BertTaskModel model)
    {
        List<nn.Module> layers =
        [
            .. model.named_modules().Where(entry => entry.name == "embeddings.word_embeddings"
                || (entry.module is Linear && entry.name.StartsWith("encoder.", StringComparison.Ordinal))).Select(entry => entry.module),
        ];
        foreach (var layer in layers)
            model.Compute.Overrides.FakeQuantize(layer);
        return layers;
    }
}
