using Edge.Trainer.Evaluation;
using Edge.Trainer.Model;
using Edge.Trainer.Progress;
using TorchSharp;

namespace Edge.Trainer.Pipelines;

/// <summary>
/// <c>edge-trainer export</c>: makes a bundle of a folder of <c>finetune</c>, or of another bundle, calibrated on dev and measured on test.
/// </summary>
internal sealed class ExportPipeline(ExportOptions options, RunRecipe recipe, IRunDisplay display, CancellationToken cancellation)
{
    /// <summary>Exports.</summary>
    /// <returns>Figures on the test split by precision.</returns>
    public IReadOnlyDictionary<string, EvaluationReport> Run()
    {
        using var frame = PipelineFrame.WithoutStore(display);
        return frame.Do(Run);
    }

    private IReadOnlyDictionary<string, EvaluationReport> Run(string folder)
    {
        var start = ModelStart.Open(options.Model);
        var run = options.Run;
        run.UseThreads();
        // how tags follow each other was counted in training
        var data = PreparedData.Read(run, start.Vocabulary, preparation: recipe.Data, trained: start.Task!) with
        {
            Task = start.Task!
        };
        data.ShowNotes(display);
        using var session = new TrainingSession(data, new SessionSettings(run.Seed, BFloat16: false), display, cancellation);
        using var model = new BertTaskModel(start.ConfigFor(data.Task.MaxLength, Pooling.Cls), data.Task, session.Context.Compute).to(
            session.Context.Device);
        start.LoadInto(model);
        var (manifest, test) =
            new BundleExport(data, run.AcceptedAccuracy, session.Context, recipe, run.Seed).Write(model, run.Out, folder);
        display.Line($"{Path.GetFullPath(run.Out)}: bundle {manifest.Id}");
        return test;
    }
}
