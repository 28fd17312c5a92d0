using System.Globalization;
using Edge.Trainer.Common;
using Edge.Trainer.Data.Augmentation;
using Edge.Trainer.Distillation;
using Edge.Trainer.Distillation.Layers;
using Edge.Trainer.Distillation.Teachers;
using Edge.Trainer.Distillation.Transfer;
using Edge.Trainer.Model;
using Edge.Trainer.Model.Lora;
using Edge.Trainer.Training;
using Edge.Trainer.Training.FineTuning;
using Edge.Trainer.Training.MaskedLanguage;
using TorchSharp;

namespace Edge.Trainer.Pipelines;

/// <summary>The training of a run: 1. pretraining, 2. teacher, 3. student.</summary>
internal sealed class StudentTraining(
    PreparedData data, RunRecipe recipe, RunOptions options, TrainingContext context, PretrainedTeacher? checkpoint = null)
{
    private int _streams;

    /// <summary>Trains a student within the plan.</summary>
    /// <param name="teacherConfig">Sizes of the teacher.</param>
    /// <param name="studentConfig">Sizes of the student.</param>
    /// <param name="plan">Epochs and time of each phase.</param>
    /// <param name="timeLeft">Time that is left for training; a phase never gets more.</param>
    /// <param name="trainedLora">Sees the low-rank additions of each teacher, counted from 1, before they are merged.</param>
    /// <returns>The student, with its best weights; the caller disposes it.</returns>
    public BertTaskModel Train(BertConfig teacherConfig, BertConfig studentConfig, RunPlan plan, Func<TimeSpan> timeLeft,
        Action<int, ModelLora>? trainedLora = null)
    {
        var dev = new DevSet(data.Dev);
        var pace = 1.0;
        var student = Create(studentConfig);
        var shares = SharePretraining(teacherConfig, studentConfig, recipe.Distillation);
        if (plan.Teacher.Epochs == 0 || !recipe.Distillation.NeedsTeacher)
        {
            if (checkpoint is not null && shares)
                TakeLayers(student, teacherConfig);
            else
                Pretrain(PhaseNames.Pretraining, student, plan.Pretraining);
            Report(PhaseNames.Student,
                FineTuner.Train(new TrainingPhase(PhaseNames.Student, student, Epochs(), dev, recipe.Student, LimitOf(Expected())),
                    recipe.LabelSmoothing, context, recipe.FineTuning.FromScratch()));
            return Completed(student, shares);
        }

        var teachers = new List<BertTaskModel> { Create(teacherConfig) };
        using var ensemble = new TeacherEnsemble(teachers);
        if (checkpoint is not null)
            checkpoint.LoadInto(teachers[0]);
        else
            Pretrain(PhaseNames.Pretraining, teachers[0], plan.Pretraining);
        var pretrained = ModelParameters.ToWeights(teachers[0]);
        if (!shares)
        {
            context.Display.Line(StudentStart.Apply(student, teacherConfig, pretrained, recipe.Distillation.StudentLayers)); // says why not
            Pretrain(PhaseNames.StudentPretraining, student, plan.Pretraining);
        }
        for (var i = 0; i < plan.Teachers; i++)
        {
            if (i > 0)
            {
                teachers.Add(Create(teacherConfig));
                ModelParameters.Load(teachers[i], pretrained, "pretraining");
            }
            var which = i + 1;
            var phase = PhaseNames.TeacherOf(which, plan.Teachers);
            var result = FineTuner.Train(new TrainingPhase(phase, teachers[i], Epochs(), dev, recipe.Teacher, plan.Teacher),
                recipe.LabelSmoothing, context, recipe.FineTuning, lora => trainedLora?.Invoke(which, lora));
            Report(phase, result);
            pace = BudgetPlanner.Pace(plan.Teacher, result);
        }
        if (shares)
        {
            // Where a teacher is, or where all of them began.
            var start = recipe.Distillation.StudentWeights == StartingWeights.Trained ? ModelParameters.ToWeights(teachers[0]) : pretrained;
            context.Display.Line(StudentStart.Apply(student, teacherConfig, start, recipe.Distillation.StudentLayers));
        }
        ensemble.Calibrate(data.Dev, context);
        context.History.Teacher = ensemble.Measure(data.Test, context);
        Report(PhaseNames.Student, Distil(student, ensemble, dev, Planned));
        return Completed(student, shares);

        (PhaseLimit, double) Planned()
        {
            var expected = Expected();
            return (LimitOf(expected), options.Epochs is null ? BudgetPlanner.ChangedTexts(expected) : double.PositiveInfinity);
        }

        PhaseLimit Expected()
        {
            if (options.Epochs is not null)
                return plan.Student;
            PhaseLimit FromNow() => BudgetPlanner.Expect(plan.Student, timeLeft(), pace, plan.MostStudentEpochs);
            return context.Store?.Remember("student", FromNow) ?? FromNow();
        }

        // Within a budget the last phase ends with the time: other work that the plan counted on may end, too.
        PhaseLimit LimitOf(PhaseLimit expected) => options.Epochs is null ? expected with { Epochs = plan.MostStudentEpochs } : expected;
    }

    /// <summary>Trains one model: on its text where it starts from nothing, then on labels.</summary>
    /// <param name="model">The model.</param>
    /// <param name="pretraining">Masked-language modelling; 0 epochs: none.</param>
    /// <param name="training">Training on labels.</param>
    /// <param name="trainedLora">Sees the low-rank additions, where there are some, before they are merged.</param>
    public void TrainOne(BertTaskModel model, PhaseLimit pretraining, PhaseLimit training, Action<ModelLora> trainedLora)
    {
        Pretrain(PhaseNames.Pretraining, model, pretraining);
        Report(PhaseNames.Training,
            FineTuner.Train(new TrainingPhase(PhaseNames.Training, model, Epochs(), new DevSet(data.Dev), recipe.Teacher, training),
                recipe.LabelSmoothing, context, recipe.FineTuning, trainedLora));
    }

    // A checkpoint has learned its positions elsewhere, and a student that takes its layers has them from there.
    private BertTaskModel Completed(BertTaskModel student, bool shares)
    {
        if (checkpoint is null || !shares)
            ModelParameters.FillPositions(student, data.LongestTraining);
        return student;
    }

    /// <summary>Whether a student starts from layers of its pretrained teacher, so that it needs no pretraining of its own.</summary>
    public static bool SharePretraining(BertConfig teacher, BertConfig student, DistillationOptions options) =>
        options.StudentLayers != LayerSelection.None && StudentStart.Difference(student, teacher) is null;

    /// <summary>Trains a student on teachers that are trained already.</summary>
    /// <param name="student">The student.</param>
    /// <param name="teachers">The teachers.</param>
    /// <param name="pretraining">Masked-language modelling of the student before; 0 epochs: none.</param>
    /// <param name="limit">Training of the student.</param>
    public void TrainStudent(BertTaskModel student, TeacherEnsemble teachers, PhaseLimit pretraining, PhaseLimit limit)
    {
        Pretrain(PhaseNames.StudentPretraining, student, pretraining);
        teachers.Calibrate(data.Dev, context);
        Report(PhaseNames.Student, Distil(student, teachers, new DevSet(data.Dev), () => (limit, double.PositiveInfinity)));
    }

    private PhaseResult Distil(
        BertTaskModel student, TeacherEnsemble ensemble, DevSet dev, Func<(PhaseLimit Limit, double MostChanged)> plan)
    {
        var settings = recipe.Distillation;
        var transfer = new TransferSet(Epochs(), data.Splits.Train, data.Unlabelled, data.Encoder, settings, options.Seed);
        TeacherMixture? mixture = null;
        if (settings.LinearTeacher && settings.SoftWeight > 0)
        {
            var linear = LinearTeacher.Fit(
                context.Task, data.Splits.Train, options.Seed, new Variants(recipe.Augmentation, context.Task.Language, options.Seed),
                context.Cancellation);
            mixture = MixtureFitting.Fit(ensemble, linear, data.Dev, context, out var weights);
            context.Display.Line(weights);
        }
        var targets = new SoftTargets(ensemble, mixture, new TeacherAnswerCache((long)(settings.CacheMegabytes * 1e6)), context);
        if (settings.SoftWeight > 0)
            targets.Keep([.. data.Train, .. transfer.Recurring]);
        var (limit, mostChanged) = plan(); // preparing took time
        var epochs = transfer.Epochs(mostChanged, out var line);
        if (epochs.Count > data.Train.Count)
            context.Display.Line($"transfer set: {line}");
        var asked = ensemble.Asked;
        var result = Distiller.Train(new TrainingPhase(PhaseNames.Student, student, epochs, dev, recipe.Student, limit), targets, settings,
            recipe.LabelSmoothing, context);
        if (settings.SoftWeight > 0)
            context.Display.Line(
                $"teacher answers: {ensemble.Asked - asked} more while the student learned, to what changes from epoch to epoch");
        return result;
    }

    // The student alone, from layers of the checkpoint.
    private void TakeLayers(BertTaskModel student, BertConfig teacherConfig)
    {
        using var teacher = Create(teacherConfig);
        checkpoint!.LoadInto(teacher);
        context.Display.Line(
            StudentStart.Apply(student, teacherConfig, ModelParameters.ToWeights(teacher), recipe.Distillation.StudentLayers));
    }

    private BertTaskModel Create(BertConfig config) => new BertTaskModel(config, context.Task, context.Compute).to(context.Device);

    private void Pretrain(string phase, BertTaskModel model, PhaseLimit limit)
    {
        if (limit.Epochs > 0)
            Report(phase, Pretrainer.Train(new TrainingPhase(phase, model, PretrainingEpochs(), null, recipe.Pretraining, limit), context));
    }

    // With unlabelled utterances an epoch is as long as without them: the plan counts epochs of the training set.
    private EpochSource PretrainingEpochs()
    {
        if (data.Unlabelled.Count == 0)
            return Epochs();
        var turns = new TextTurns([.. data.Splits.Train, .. data.Unlabelled], data.Train.Count, options.Seed);
        return new EpochSource(data.Train.Count, epoch => data.Encoder.Encode(turns.Of(epoch)));
    }

    // Fresh variations in every epoch; the first of all is the training set as it stands.
    private EpochSource Epochs()
    {
        if (recipe.Augmentation == AugmentationOptions.None)
            return EpochSource.Of(data.Train);
        var stream = _streams++; // every phase has variations of its own
        var augmenter = new Augmenter(recipe.Augmentation, context.Task.Language, data.Splits.Train);
        return new EpochSource(data.Train.Count, epoch =>
        {
            if (epoch == 0)
                return data.Train;
            var random = SeededRandom.For(options.Seed, $"augmentation {stream} {epoch}");
            return data.Encoder.Encode(data.Splits.Train.Select(utterance => augmenter.Augment(utterance, random)));
        });
    }

    private void Report(string phase, PhaseResult result)
    {
        var score = result.KeptScore < 0
            ? ""
            : string.Create(CultureInfo.InvariantCulture, $", dev score of the kept weights {result.KeptScore * 100:0.00}");
        var losses = string.Join(", ", result.Losses.Select(loss => $"{loss.Name} {loss.Mean:0.000}"));
        context.Display.Line(
            $"{phase}: {result.Epochs:0.0} epochs in {result.Elapsed.TotalMinutes:0.0} min, {result.TokensPerSecond:0} tokens/s" +
            $"{score}; losses: {losses}");
    }
}
