using Edge.Bundles;
using Edge.Bundles.Inference;
using Edge.Bundles.Tasks;
using Edge.Trainer.Evaluation;
using Edge.Trainer.Examples;

namespace Edge.Trainer.Pipelines;

/// <summary>Runs an exported file the way the appliance runs it: fits temperatures and thresholds on dev, measures on test.</summary>
internal static class PrecisionCalibration
{
    private const int MadeUp = 500;

    /// <summary>Calibrates and measures one precision.</summary>
    /// <param name="precision">A name of <see cref="Precision"/>.</param>
    /// <param name="modelFile">Its ONNX file.</param>
    /// <param name="data">Dev and test.</param>
    /// <param name="acceptedAccuracy">Share of a head's accepted answers that shall be right.</param>
    /// <param name="cancellation">Ends between two utterances.</param>
    public static ExportedPrecision Run(
        string precision, string modelFile, PreparedData data, double acceptedAccuracy, CancellationToken cancellation)
    {
        using var session = StudentSession.Open(modelFile, data.Task.Heads);
        var (devLogits, devNorms) = StudentLogits.ComputeWithNorms(session, data.Dev.Examples, cancellation);
        var temperatures = TemperatureFitting.Fit(data.Task, data.Calibration.Examples, data.ForCalibration(devLogits));
        var thresholds = new Dictionary<string, float>(StringComparer.Ordinal);
        for (var i = 0; i < data.Task.Heads.Count; i++)
        {
            var head = data.Task.Heads[i];
            var answers = HeadEvaluator.Decode(head, i, data.Dev, devLogits, temperatures[head.Name]);
            (float, bool)[] judged = [.. answers.OfType<DecodedAnswer>().Select(answer => (answer.Prediction.Confidence, answer.Right))];
            thresholds[head.Name] = ThresholdFitting.Fit(judged, acceptedAccuracy);
        }

        var dev = Evaluator.Evaluate(precision, data.Task, data.Dev, devLogits, temperatures);
        var entry = new PrecisionEntry
        {
            File = BundleFiles.Model(precision),
            Temperatures = temperatures,
            Thresholds = thresholds,
            OutOfScope = FitScope(session, data, (devLogits, devNorms), temperatures, out var scope, cancellation),
        };
        var (logits, norms) = StudentLogits.ComputeWithNorms(session, data.Test.Examples, cancellation);
        var test = JudgedSet.Create(data.Task, data.Test, logits, temperatures) with
        {
            Scope = JudgedScope.Create(data.Task, data.Test, logits, norms, entry),
        };
        var report = test.Report(precision, intervals: true);
        return new ExportedPrecision(entry with { Metrics = report.ToJson() }, devLogits, dev, report, test) { Scope = scope };
    }

    private static OutOfScopeEntry? FitScope(
        StudentSession session, PreparedData data, (IReadOnlyList<float[][]> Logits, IReadOnlyList<double> Norms) dev,
        IReadOnlyDictionary<string, float> temperatures, out string? line, CancellationToken cancellation)
    {
        line = null;
        var index = OutOfScope.HeadIndex(data.Task);
        if (index < 0)
            return null;
        int[] inScope = [.. Enumerable.Range(0, data.Calibration.Count).Where(
            i => HeadEvaluator.IsAnnotated(data.Task.Heads[index], data.Calibration.Utterances[i])
                && data.Calibration.Examples[i].OutOfScopeOf is null)];
        TrainingExample[] known = [.. inScope.Select(i => data.Calibration.Examples[i])];
        var (logits, norms) = (data.ForCalibration(dev.Logits), data.ForCalibration(dev.Norms));
        var areReal = data.OutOfScope.Count >= ScopeFitting.FewestReal;
        var foreign = areReal ? data.OutOfScope.Examples : ForeignUtterances.Make(data.Train, known, MadeUp, seed: 1);
        var (foreignLogits, foreignNorms) = StudentLogits.ComputeWithNorms(session, foreign, cancellation);
        return ScopeFitting.Fit(
            Measures(known, [.. inScope.Select(i => logits[i])], [.. inScope.Select(i => norms[i])]),
            Measures(foreign, foreignLogits, foreignNorms), areReal, out line);

        ScopeMeasures[] Measures(
            IReadOnlyList<TrainingExample> examples, IReadOnlyList<float[][]> values, IReadOnlyList<double> lengths) =>
            ScopeMeasures.Of(data.Task, examples, values, lengths, temperatures[data.Task.Heads[index].Name]);
    }
}
