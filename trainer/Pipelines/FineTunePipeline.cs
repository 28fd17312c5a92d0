using Edge.Bundles.Common;
using Edge.Trainer.Evaluation;
using Edge.Trainer.Model;
using Edge.Trainer.Model.Lora;
using Edge.Trainer.Progress;
using Edge.Trainer.Training;
using TorchSharp;

namespace Edge.Trainer.Pipelines;

/// <summary>
/// <c>edge-trainer finetune</c>: 1. read start and data; 2. build the model; 3. train; 4. measure; 5. write the folder. No
/// folder is left where it fails or is cancelled; what was trained by then is kept beside it.
/// </summary>
internal sealed class FineTunePipeline(FineTuneOptions options, RunRecipe recipe, IRunDisplay display, CancellationToken cancellation)
{
    private static readonly Dictionary<string, float> Uncalibrated = [];
    private readonly PipelineFrame _frame = PipelineFrame.For(options.Run, display);

    /// <summary>Trains and writes a model.</summary>
    /// <returns>Figures on the test split.</returns>
    public EvaluationReport Run()
    {
        using (_frame)
            return _frame.Do(Run);
    }

    private EvaluationReport Run(string folder)
    {
        // 1. Start and data
        var start = options.Init is { } init ? ModelStart.Open(init) : null;
        var data = PreparedData.Read(options.Run, start?.Vocabulary, start?.Limits, recipe.Data);
        var config = start?.ConfigFor(data.Task.MaxLength, recipe.Pooling)
            ?? recipe.Fresh(ModelSize.Parse(options.Size)!, data.Tokenizer.VocabularySize, data.Task.MaxLength);
        UserException.ThrowIfAny([.. recipe.FineTuning.ProblemsFor(config.Layers)]);
        display.Line($"{options.Run.Data}: {data.Train.Count} utterances for training, {data.Dev.Count} dev, {data.Test.Count} test");
        data.ShowNotes(display);

        // 2. Model
        options.Run.UseThreads();
        var pretraining = options.PretrainingEpochs ?? (start is null ? BudgetRules.UsualPretrainingEpochs : 0);
        _frame.Store.Open(
            RunIdentity.Of(
                data, recipe, ("--init", start?.Fingerprint() ?? "nothing"), ("--size", options.Size), ("--epochs", $"{options.Epochs}"),
                ("--pretraining-epochs", $"{pretraining}"), ("--seed", $"{options.Run.Seed}"),
                ("--replicas", $"{options.Run.Replicas ?? 1}"), ("--threads", $"{options.Run.Threads}")),
            options.Run.Resume, display);
        using var session =
            new TrainingSession(data, _frame.Session(options.Run.Seed, recipe.BFloat16, options.Run.Replicas), display, cancellation);
        var context = session.Context;
        using var model = new BertTaskModel(config, context.Task, context.Compute).to(context.Device);
        if (start?.LoadInto(model) is { } heads)
            display.Line(
                $"{options.Init}: {config.Layers} layers of {config.HiddenSize}; heads that start " +
                $"from it: {(heads.Count == 0 ? "none" : string.Join(", ", heads))}");

        // 3. Training
        var phases = new StudentTraining(
            data, start is null ? recipe : PretrainedTeacher.Settings(recipe, config, studentSharesLayers: false), options.Run, context);
        var lora = recipe.FineTuning.Lora is null ? null : Path.Combine(folder, ModelFolder.Lora);
        phases.TrainOne(
            model, new PhaseLimit(pretraining, TimeSpan.MaxValue), new PhaseLimit(options.Epochs, TimeSpan.MaxValue),
            trained => PeftFile.Write(lora!, trained, options.Init));
        if (start is null)
            ModelParameters.FillPositions(model, data.LongestTraining);

        // 4. Figures
        var report =
            Evaluator.Evaluate("torch", data.Task, data.Test, ModelLogits.Compute(model, data.Test.Examples, context), Uncalibrated);
        display.Line($"test: {report.Summary}");

        // 5. Folder
        cancellation.ThrowIfCancellationRequested();
        ModelFolder.Write(options.Run.Out, model, data, lora, display);
        _frame.Store.Delete();
        display.Line(
            $"{Path.GetFullPath(options.Run.Out)}: model of {config.Layers} layers, " +
            $"{_frame.Store.Elapsed.TotalMinutes:0.0} min; edge-trainer export makes a bundle of it");
        return report;
    }
}
