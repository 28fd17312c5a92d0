using Edge.Bundles.Common;
using Edge.Trainer.Distillation.Layers;
using Edge.Trainer.Distillation.Teachers;
using Edge.Trainer.Evaluation;
using Edge.Trainer.Model;
using Edge.Trainer.Progress;
using Edge.Trainer.Training;
using TorchSharp;

namespace Edge.Trainer.Pipelines;

/// <summary>
/// <c>edge-trainer distill</c>: 1. open teachers and data; 2. build the student; 3. train; 4. measure both; 5. write the folder.
/// No folder is left where it fails or is cancelled; what was trained by then is kept beside it.
/// </summary>
internal sealed class DistillPipeline(DistillOptions options, RunRecipe recipe, IRunDisplay display, CancellationToken cancellation)
{
    private const int WidthOfCheckpoints = 512;

    private readonly PipelineFrame _frame = PipelineFrame.For(options.Run, display);

    /// <summary>Trains and writes a student.</summary>
    /// <returns>Figures of the student on the test split.</returns>
    public EvaluationReport Run()
    {
        using (_frame)
            return _frame.Do(Run);
    }

    private EvaluationReport Run(string folder)
    {
        // 1. Teachers and data
        var folders = TeacherFolders.Open(options.Teachers);
        var data = PreparedData.Read(options.Run, folders.Vocabulary, preparation: recipe.Data, trained: folders.Task);
        display.Line($"{options.Run.Data}: {data.Train.Count} utterances for training, {data.Dev.Count} dev, {data.Test.Count} test");
        data.ShowNotes(display);

        // 2. Student
        options.Run.UseThreads();
        _frame.Store.Open(
            RunIdentity.Of(
                data, recipe, ("--teacher", folders.Fingerprint()), ("--student-size", options.Run.StudentSize),
                ("--epochs", $"{options.Epochs}"),
                ("--pretraining-epochs", $"{options.PretrainingEpochs}"), ("--budget-minutes", $"{options.Minutes}"),
                ("--seed", $"{options.Run.Seed}"), ("--threads", $"{options.Run.Threads}")),
            options.Run.Resume, display);
        using var session = new TrainingSession(data, _frame.Session(options.Run.Seed, recipe.BFloat16), display, cancellation);
        var context = session.Context;
        using var teachers = new TeacherEnsemble(folders.Load(context, recipe.Pooling));
        var config = PretrainedTeacher.StudentConfig(ModelSize.Parse(options.Run.StudentSize)!, teachers.Config, () => FreshConfig(data));
        UserException.ThrowIfAny([.. recipe.Distillation.Problems("distillation", config, teachers.Config)]);
        using var student = new BertTaskModel(config, context.Task, context.Compute).to(context.Device);
        display.Line(StudentStart.Apply(student, teachers.Config, teachers.FirstWeights(), recipe.Distillation.StudentLayers));

        // 3. Training
        var shares = StudentTraining.SharePretraining(teachers.Config, config, recipe.Distillation);
        var pretraining = options.PretrainingEpochs ?? (shares ? 0 : BudgetRules.UsualPretrainingEpochs);
        var time = options.Minutes is { } minutes ? TimeSpan.FromMinutes(minutes) : TimeSpan.MaxValue;
        new StudentTraining(data, Settings(teachers.Config, shares), options.Run, context).TrainStudent(
            student, teachers, new PhaseLimit(pretraining, time), new PhaseLimit(options.Epochs ?? recipe.MostStudentEpochs, time));
        if (!shares)
            ModelParameters.FillPositions(student, data.LongestTraining);

        // 4. Figures
        var temperatures =
            TemperatureFitting.Fit(context.Task, data.Dev.Examples, ModelLogits.Compute(student, data.Dev.Examples, context));
        var report =
            Evaluator.Evaluate("student", context.Task, data.Test, ModelLogits.Compute(student, data.Test.Examples, context), temperatures);
        display.Line($"student: test {report.Summary}");
        display.Line($"{(options.Teachers.Count == 1 ? "teacher" : "teachers")}: test {teachers.Measure(data.Test, context).Summary}");

        // 5. Folder
        cancellation.ThrowIfCancellationRequested();
        ModelFolder.Write(options.Run.Out, student, data, null, display);
        _frame.Store.Delete();
        display.Line(
            $"{Path.GetFullPath(options.Run.Out)}: student of {config.Layers} layers of {config.HiddenSize}, " +
            $"{_frame.Store.Elapsed.TotalMinutes:0.0} min; edge-trainer export makes a bundle of it");
        return report;
    }

    private BertConfig FreshConfig(PreparedData data) =>
        recipe.Fresh(ModelSize.Parse(options.Run.StudentSize)!, data.Tokenizer.VocabularySize, data.Task.MaxLength);

    // Nobody trains a model this wide from nothing on labelled utterances: its layers are a checkpoint's, and want its rate.
    private RunRecipe Settings(BertConfig teacher, bool shares) =>
        shares && teacher.HiddenSize >= WidthOfCheckpoints ? PretrainedTeacher.Settings(recipe, teacher, shares) : recipe;
}
