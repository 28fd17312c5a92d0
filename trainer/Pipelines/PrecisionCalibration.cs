using Edge.Bundles;
using Edge.Bundles.Inference;
using Edge.Trainer.Evaluation;

namespace Edge.Trainer.Pipelines;

/// <summary>Runs an exported file the way the appliance runs it: fits temperatures and thresholds on dev, measures on test.</summary>
internal static class PrecisionCalibration
{
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
        var devLogits = StudentLogits.Compute(session, data.Dev.Examples, cancellation);
        var temperatures = TemperatureFitting.Fit(data.Task, data.Calibration.Examples, data.LogitsForCalibration(devLogits));
        var thresholds = new Dictionary<string, float>(StringComparer.Ordinal);
        for (var i = 0; i < data.Task.Heads.Count; i++)
        {
            var head = data.Task.Heads[i];
            var answers = HeadEvaluator.Decode(head, i, data.Dev, devLogits, temperatures[head.Name]);
            (float, bool)[] judged = [.. answers.OfType<DecodedAnswer>().Select(answer => (answer.Prediction.Confidence, answer.Right))];
            thresholds[head.Name] = ThresholdFitting.Fit(judged, acceptedAccuracy);
        }

        var dev = Evaluator.Evaluate(precision, data.Task, data.Dev, devLogits, temperatures);
        var test = JudgedSet.Create(data.Task, data.Test, StudentLogits.Compute(session, data.Test.Examples, cancellation), temperatures);
        var report = test.Report(precision, intervals: true);
        var entry = new PrecisionEntry
        {
            File = BundleFiles.Model(precision),
            Temperatures = temperatures,
            Thresholds = thresholds,
            Metrics = report.ToJson(),
        };
        return new ExportedPrecision(entry, devLogits, dev, report, test);
    }
}
