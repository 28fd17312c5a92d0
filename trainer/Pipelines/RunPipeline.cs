using Edge.Trainer.DataCheck;
using Edge.Trainer.Evaluation;
using Edge.Trainer.Model.Checkpoints;
using Edge.Trainer.Model.Lora;
using Edge.Trainer.Progress;
using Edge.Trainer.Training;

namespace Edge.Trainer.Pipelines;

/// <summary>
/// <c>edge-trainer run</c>: 1. read the data; 2. plan; 3. train teacher and student; 4. export and check; 5. calibrate and
/// measure; 6. write the bundle. No bundle is left where it fails or is cancelled; what was trained by then is kept beside it.
/// </summary>
internal sealed class RunPipeline(RunOptions options, RunRecipe recipe, IRunDisplay display, CancellationToken cancellation)
{
    private readonly PipelineFrame _frame = PipelineFrame.For(options, display);

    /// <summary>Trains and writes a bundle.</summary>
    /// <returns>Figures on the test split by precision.</returns>
    public IReadOnlyDictionary<string, EvaluationReport> Run()
    {
        using (_frame)
            return _frame.Do(Run);
    }

    private IReadOnlyDictionary<string, EvaluationReport> Run(string folder)
    {
        // 1. Data
        var pretrained = options.Teacher is null ? null : new PretrainedTeacher(Checkpoint.Open(options.Teacher));
        var data = PreparedData.Read(options, pretrained?.Vocabulary, pretrained?.Limits, recipe.Data);
        DescribeData(data);
        foreach (var line in pretrained?.Describe() ?? [])
            display.Line(line);

        // 2. Device, seed, plan
        options.UseThreads();
        _frame.Store.Open(RunIdentity.Of(data, recipe, RunIdentity.Options(options, pretrained)), options.Resume, display);
        var training = _frame.Session(options.Seed, recipe.BFloat16, options.Replicas);
        var models = RunModels.Of(options, recipe, data, pretrained);
        var (teacher, student, settings) = (models.Teacher, models.Student, models.Settings);
        var plan = Plan(models, data, training.BFloat16);
        if (pretrained is not null && plan.Teacher.Epochs == 0 && settings.Distillation.NeedsTeacher)
            display.Line(
                "note: there is too little time to train the teacher; the student learns from the labels alone. Give more " +
                "--budget-minutes, or --epochs.");
        using var session = new TrainingSession(data, training, display, cancellation);
        var context = session.Context;

        // 3. Training
        using var trained = new StudentTraining(data, settings, options, context, pretrained).Train(
            teacher, student, plan, () => TrainingTimeLeft(data),
            (which, lora) => PeftFile.Write(BundleExport.FilesIn(folder), lora, options.Teacher, which));

        // 4. to 6. Export, check, calibrate, measure, bundle
        var (manifest, reports) =
            new BundleExport(data, options.AcceptedAccuracy, context, settings, options.Seed).Write(trained, options.Out, folder);
        _frame.Store.Delete();
        if (_frame.History.Teacher is not null)
        {
            foreach (var line in TeacherStudentTable.Lines(teacher, plan.Teachers, options.Out, reports, data, context, folder))
                display.Line(line);
        }
        display.Line($"{Path.GetFullPath(options.Out)}: bundle {manifest.Id}, {_frame.Store.Elapsed.TotalMinutes:0.0} min");
        return reports;
    }

    // What export and evaluation take was measured as 5 ms an utterance of dev and test, and a few seconds for the files.
    private TimeSpan TrainingTimeLeft(PreparedData data)
    {
        var budget = TimeSpan.FromMinutes(options.BudgetMinutes);
        var afterTraining = TimeSpan.FromSeconds(Math.Min(budget.TotalSeconds / 4, 5 + (0.005 * (data.Dev.Count + data.Test.Count))));
        var left = budget - _frame.Store.Elapsed - afterTraining;
        return left > TimeSpan.FromSeconds(1) ? left : TimeSpan.FromSeconds(1);
    }

    private RunPlan Plan(RunModels models, PreparedData data, bool bfloat16)
    {
        if (options.Epochs is { } epochs)
        {
            var given = new RunPlan(
                Unlimited(epochs[0]), Unlimited(epochs[1]), epochs.Count > 3 ? (int)epochs[3] : 1, Unlimited(epochs[2]), epochs[2]);
            display.Line($"plan: {given}");
            return given;
        }

        return _frame.Store.Remember("plan", () =>
        {
            // another one trains: this one draws numbers
            using var session = new TrainingSession(data, new SessionSettings(options.Seed, bfloat16), display, cancellation);
            var speed = ThroughputProbe.Measure(
                models.Teacher, models.Student, data.Train, models.Settings, TimeSpan.FromMinutes(options.BudgetMinutes), session.Context);
            var tokens = data.Train.Sum(example => (long)example.Encoded.Length);
            var shared = StudentTraining.SharePretraining(models.Teacher, models.Student, models.Settings.Distillation);
            var plan = BudgetPlanner.Plan(models.Rules, TrainingTimeLeft(data), tokens, speed, shared);
            display.Line(
                $"plan for {options.BudgetMinutes:0.##} min at {speed.Teacher:0} (teacher) and {speed.Student:0} (student) " +
                $"tokens/s: {plan}");
            return plan;
        });

        static PhaseLimit Unlimited(double epochs) => new(epochs, TimeSpan.MaxValue);
    }

    private void DescribeData(PreparedData data)
    {
        data.ShowNotes(display);
        display.Line(
            $"{options.Data}: {data.Train.Count} utterances for " +
            $"training, {data.Dev.Count} dev, {data.Test.Count} test; {data.Tokenizer.VocabularySize} word pieces, " +
            $"at most {data.Task.MaxLength} tokens");
        foreach (var head in data.Task.Heads)
            display.Line($"head {head.Name}: {head.Kind.ToString().ToLowerInvariant()}, {head.Labels.Count} labels");
        if (LabelConflict.FindExact(data.Splits.Train) is { Count: > 0 } conflicts)
            display.Line(
                $"note: {conflicts.Count} training texts are annotated in different ways, for example {conflicts[0]}. edge-trainer " +
                $"data check {options.Data} lists all, and what else to look at.");
    }
}
