using Edge.Bundles;
using Edge.Bundles.Inference;
using Edge.Trainer.Data;
using Edge.Trainer.Evaluation;
using Edge.Trainer.Reporting;
using Edge.Trainer.Reporting.Content;
using Edge.Trainer.Training;

namespace Edge.Trainer.Pipelines;

/// <summary>Writes what a bundle says of its making: <c>run.json</c> for programs, <c>report.html</c> for people.</summary>
internal static class RunReport
{
    /// <summary>Writes both files into the folder of a bundle, whose model files lie there already.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="data">What was trained and measured on.</param>
    /// <param name="precisions">The exported precisions; the report shows INT8, with the others beside it.</param>
    /// <param name="context">What the phases shared.</param>
    public static void Write(
        string folder, PreparedData data, IReadOnlyDictionary<string, ExportedPrecision> precisions, TrainingContext context)
    {
        var served = precisions[Precision.Int8];
        using var session = StudentSession.Open(Path.Combine(folder, served.Entry.File), data.Task.Heads);
        var stress = StressFigures.Measure(data.Splits.Test, data.Task.Language, Precision.Int8, Judge);
        foreach (var (kind, harder) in stress)
            context.Display.Line($"stress, {kind}: {harder.Summary}");
        var record = RunRecord.Of(context.History, data.Task, data.Splits.Train) with
        {
            Stress = stress.ToDictionary(result => result.Kind, result => result.Report.ToJson(), StringComparer.Ordinal),
        };
        record.Write(Path.Combine(folder, RunRecord.File));
        ReportPage.Write(Path.Combine(folder, BundleFiles.Report), new ReportContent
        {
            Created = TimeProvider.System.GetUtcNow(),
            Task = data.Task,
            Data = "test",
            Judged = served.TestAnswers,
            Figures = served.Test,
            OtherPrecisions = [.. precisions.Where(entry => entry.Key != Precision.Int8).Select(entry => entry.Value.Test)],
            Thresholds = served.Entry.Thresholds,
            Stress = stress,
            Run = record,
        });

        JudgedSet Judge(IReadOnlyList<LabelledUtterance> utterances)
        {
            var set = EvaluationSet.Create(utterances, data.Encoder);
            return JudgedSet.Create(
                data.Task, set, StudentLogits.Compute(session, set.Examples, context.Cancellation), served.Entry.Temperatures);
        }
    }
}
