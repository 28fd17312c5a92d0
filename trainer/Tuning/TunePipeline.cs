using System.Globalization;
using Edge.Trainer.Common;
using Edge.Trainer.Model.Checkpoints;
using Edge.Trainer.Pipelines;
using Edge.Trainer.Progress;
using Edge.Trainer.Training;

namespace Edge.Trainer.Tuning;

/// <summary>
/// <c>edge-trainer tune</c>: 1. read the data; 2. plan a whole training within the budget; 3. try settings by successive halving,
/// judged on dev; 4. write the best ones and the table of trials. The test split is not looked at.
/// </summary>
internal sealed class TunePipeline(TuneOptions options, RunRecipe start, IRunDisplay display, CancellationToken cancellation)
{
    private const int Rungs = 3;
    private const double ShareOfBudget = 0.9; // the rest is for reading, evaluating and building models
    private readonly long _started = TimeProvider.System.GetTimestamp();

    /// <summary>Searches.</summary>
    /// <returns>The best trial.</returns>
    public TrialResult Run()
    {
        using var frame = PipelineFrame.WithoutStore(display);
        return frame.Do(Run);
    }

    private TrialResult Run(string folder)
    {
        // 1. Data
        var run = options.Run;
        var pretrained = run.Teacher is null ? null : new PretrainedTeacher(Checkpoint.Open(run.Teacher));
        var data = PreparedData.Read(run, pretrained?.Vocabulary, pretrained?.Limits, start.Data);
        run.UseThreads();

        // 2. Plan
        var bfloat16 = TrainingSession.UsesBFloat16(start.BFloat16, null);
        var budget = TimeSpan.FromMinutes(run.BudgetMinutes);
        // Nine trials in half an hour, 27 in more: fewer would hardly search, more would learn too little each.
        var models = RunModels.Of(run, start, data, pretrained);
        var trials = Draw(models.Teacher.Layers, options.Trials ?? (budget > TimeSpan.FromMinutes(45) ? 27 : 9));
        var whole = (budget - Elapsed) * (ShareOfBudget / SuccessiveHalving.Cost(trials.Count, Rungs));
        var plan = Plan(models, data, bfloat16, whole);
        display.Line($"{trials.Count} trials of {string.Join(", ", options.Parameters)}; a whole training: {plan}");

        // 3. Search
        var results = SuccessiveHalving.Run(
            trials, Rungs, (trial, rung) => Train(trial, rung, data, pretrained, plan, bfloat16), () => Elapsed < budget);

        // 4. Result
        var best = SuccessiveHalving.Best(results);
        RecipeFile.Write(run.Out, best.Trial.Recipe);
        File.WriteAllLines(options.TrialsFile, Table(results));
        display.Line(
            $"best: trial {best.Trial.Number}, {best.Trial}; dev {Percent(best.Score)}, the settings as they " +
            $"are had {Percent(results[0].Score)} on rung 1");
        display.Line(
            $"{Path.GetFullPath(run.Out)}: for run --config; {Path.GetFullPath(options.TrialsFile)}: {results.Count} trainings; " +
            $"{Elapsed.TotalMinutes:0.0} min");
        return best;
    }

    private TimeSpan Elapsed => TimeProvider.System.GetElapsedTime(_started);

    private List<Trial> Draw(int layers, int count)
    {
        var random = SeededRandom.For(options.Run.Seed, "tune");
        var trials = new List<Trial> { new(1, [], start) };
        while (trials.Count < count)
        {
            (string Name, double Value)[] values =
                [.. options.Parameters.Select(name => (name, TunedParameter.All[name].Draw(random.NextDouble())))];
            var recipe = values.Aggregate(start, (recipe, entry) => TunedParameter.All[entry.Name].Apply(recipe, entry.Value));
            if (recipe.FineTuning.FrozenLayers > layers)
                continue; // this teacher has fewer
            trials.Add(new Trial(trials.Count + 1, values, recipe));
        }
        return trials;
    }

    private RunPlan Plan(RunModels models, PreparedData data, bool bfloat16, TimeSpan time)
    {
        using var session = new TrainingSession(data, new SessionSettings(options.Run.Seed, bfloat16), display, cancellation);
        var speed = ThroughputProbe.Measure(models.Teacher, models.Student, data.Train, models.Settings, time, session.Context);
        var tokens = data.Train.Sum(example => (long)example.Encoded.Length);
        var shared = StudentTraining.SharePretraining(models.Teacher, models.Student, models.Settings.Distillation);
        return BudgetPlanner.Plan(models.Rules, time, tokens, speed, shared);
    }

    private TrialResult Train(Trial trial, int rung, PreparedData data, PretrainedTeacher? pretrained, RunPlan plan, bool bfloat16)
    {
        var begun = Elapsed;
        var share = SuccessiveHalving.Share(rung, Rungs);
        var models = RunModels.Of(options.Run, trial.Recipe, data, pretrained);
        using var session =
            new TrainingSession(data, new SessionSettings(options.Run.Seed, bfloat16), new PlainDisplay(TextWriter.Null), cancellation);
        var part = plan with { Pretraining = Part(plan.Pretraining), Teacher = Part(plan.Teacher), Student = Part(plan.Student) };
        using var student = new StudentTraining(data, models.Settings, options.Run, session.Context, pretrained).Train(
            models.Teacher, models.Student, part, () => part.Student.Time);
        var (score, loss) = new DevSet(data.Dev).Evaluate(student, session.Context);
        var result = new TrialResult(trial, rung, score, loss, Elapsed - begun);
        display.Line(
            string.Create(CultureInfo.InvariantCulture,
                $"rung {rung}, trial {trial.Number}: dev {Percent(score)}, loss {loss:0.000}, {result.Time.TotalSeconds:0} s; {trial}"));
        return result;

        PhaseLimit Part(PhaseLimit limit) => new(limit.Epochs * share, limit.Time * share);
    }

    private IEnumerable<string> Table(IReadOnlyList<TrialResult> results)
    {
        yield return $"trial,rung,{string.Join(',', options.Parameters)},devScore,devLoss,seconds";
        foreach (var result in results)
        {
            var values =
                options.Parameters.Select(
                    name => result.Trial.Values.FirstOrDefault(entry => entry.Name == name) is { Name: not null } entry
                        ? entry.Value.ToString("R", CultureInfo.InvariantCulture)
                        : "");
            yield return string.Create(CultureInfo.InvariantCulture,
                $"{result.Trial.Number},{result.Rung},{string.Join(',', values)}," +
                $"{result.Score:0.0000},{result.Loss:0.0000},{result.Time.TotalSeconds:0.0}");
        }
    }

    private static string Percent(double score) => (score * 100).ToString("0.00", CultureInfo.InvariantCulture);
}
