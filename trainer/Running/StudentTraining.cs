using System.Globalization;
using Edge.Trainer.Distillation;
using Edge.Trainer.Evaluation;
using Edge.Trainer.Model;
using Edge.Trainer.Training;
using TorchSharp;

namespace Edge.Trainer.Running;

/// <summary>The training of a run: 1. pretraining, 2. teacher, 3. student.</summary>
internal sealed class StudentTraining(PreparedData data, RunRecipe recipe, RunOptions options, TrainingContext context)
{
    /// <summary>Trains a student within the plan.</summary>
    /// <param name="teacherConfig">Sizes of the teacher.</param>
    /// <param name="studentConfig">Sizes of the student.</param>
    /// <param name="plan">Epochs and time of each phase.</param>
    /// <param name="timeLeft">Time that is left for training; a phase never gets more.</param>
    /// <returns>The student, with its best weights; the caller disposes it.</returns>
    public BertTaskModel Train(BertConfig teacherConfig, BertConfig studentConfig, RunPlan plan, Func<TimeSpan> timeLeft)
    {
        var dev = new DevSet(data.Dev);
        var student = Create(studentConfig);
        if (plan.Teacher.Epochs == 0)
        {
            Pretrain("pretraining", student, plan.Pretraining);
            Report("student", FineTuner.Train("student", student, Epochs(), dev, recipe.LabelSmoothing, recipe.Student, Last(plan.Student), context));
            return student;
        }

        using var teacher = Create(teacherConfig);
        Pretrain("pretraining", teacher, plan.Pretraining);
        // The student starts where its teacher started, not where it ended: what both learn from the labels, they learn on
        // their own, and two models of different errors are closer to the truth together (measured).
        if (SharePretraining(teacherConfig, studentConfig))
            ModelParameters.CopyFitting(student, ModelParameters.ToWeights(teacher), ModelParameters.SpreadLayers(studentConfig.Layers, teacherConfig.Layers));
        else
            Pretrain("pretraining of the student", student, plan.Pretraining);
        Report("teacher", FineTuner.Train("teacher", teacher, Epochs(), dev, recipe.LabelSmoothing, recipe.Teacher, plan.Teacher, context));
        Report("student", Distiller.Train("student", student, teacher, Epochs(), dev, recipe.Distillation, recipe.Student, Last(plan.Student), context));
        return student;

        PhaseLimit Last(PhaseLimit phase) => phase with { Time = options.Epochs is null ? timeLeft() : phase.Time };
    }

    /// <summary>Whether a student can start from layers of its pretrained teacher: they differ in the number of layers at most.</summary>
    public static bool SharePretraining(BertConfig teacher, BertConfig student) => teacher with { Layers = student.Layers } == student;

    private BertTaskModel Create(BertConfig config) => new BertTaskModel(config, context.Task, context.Compute).to(context.Device);

    private void Pretrain(string phase, BertTaskModel model, PhaseLimit limit)
    {
        if (limit.Epochs > 0)
            Report(phase, Pretrainer.Train(phase, model, Epochs(), recipe.Pretraining, limit, context));
    }

    private EpochSource Epochs() => EpochSource.Of(data.Train);

    private void Report(string phase, PhaseResult result)
    {
        var score = result.BestScore < 0 ? "" : string.Create(CultureInfo.InvariantCulture, $", best dev score {result.BestScore * 100:0.00}");
        var losses = string.Join(", ", result.Losses.Select(loss => $"{loss.Name} {loss.Mean:0.000}"));
        context.Display.Line($"{phase}: {result.Epochs:0.0} epochs in {result.Elapsed.TotalMinutes:0.0} min, {result.TokensPerSecond:0} tokens/s{score}; losses: {losses}");
    }
}
