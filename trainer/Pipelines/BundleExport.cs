using System.Globalization;
using System.Text.Json;
using Edge.Bundles;
using Edge.Bundles.Inference;
using Edge.Trainer.Data;
using Edge.Trainer.Data.Augmentation;
using Edge.Trainer.Evaluation;
using Edge.Trainer.Export;
using Edge.Trainer.Model;
using Edge.Trainer.Model.Checkpoints;
using Edge.Trainer.Ngrams;
using Edge.Trainer.Training;

namespace Edge.Trainer.Pipelines;

/// <summary>Makes a bundle of a trained model: 1. exports every precision; 2. calibrates and measures them; 3. writes.</summary>
/// <param name="data">What it was trained on; dev calibrates, test measures.</param>
/// <param name="acceptedAccuracy">Share of a head's accepted answers that shall be right.</param>
/// <param name="context">What the phases shared.</param>
/// <param name="recipe">N-grams, how the utterances are varied that they learn from, and which files there are besides.</param>
/// <param name="seed">Seed of the order in which n-grams are learned.</param>
internal sealed class BundleExport(PreparedData data, double acceptedAccuracy, TrainingContext context, RunRecipe recipe, int seed)
{
    private static readonly JsonSerializerOptions ConfigJson = new() { WriteIndented = true };

    /// <summary>Folder for the bundle's files on the way; what a run writes there is in the bundle.</summary>
    public static string FilesIn(string temporary) => Path.Combine(temporary, "bundle");

    /// <summary>Exports, checks and writes.</summary>
    /// <param name="model">The student.</param>
    /// <param name="output">Folder of the bundle.</param>
    /// <param name="temporary">Folder for files on the way.</param>
    /// <returns>The bundle's manifest, and figures on the test split by precision.</returns>
    public (BundleManifest Manifest, IReadOnlyDictionary<string, EvaluationReport> Test) Write(
        BertTaskModel model, string output, string temporary)
    {
        var folder = FilesIn(temporary);
        Directory.CreateDirectory(folder);
        var precisions = Export(folder, model);
        foreach (var (name, exported) in precisions)
        {
            context.Display.Line($"{name}: test {exported.Test.Summary}; dev {exported.Dev.Summary}");
            if (exported.Scope is { } scope)
                context.Display.Line($"{name}: {scope}");
        }
        WarnOfLoss(precisions[Precision.Fp32].Dev, precisions[Precision.Int8].Dev);
        foreach (var name in precisions.Keys.Where(name => name != Precision.Fp32))
            ConfirmOnTest(precisions[Precision.Fp32].Test, name, precisions[name].Test);

        RunReport.Write(folder, data, precisions, context);
        context.Cancellation.ThrowIfCancellationRequested();
        var manifest = WriteBundle(output, folder, precisions);
        return (manifest, precisions.ToDictionary(entry => entry.Key, entry => entry.Value.Test, StringComparer.Ordinal));
    }

    private Dictionary<string, ExportedPrecision> Export(string folder, BertTaskModel student)
    {
        var weights = ModelParameters.ToWeights(student);
        var logits = ModelLogits.Compute(student, data.Dev.Examples, context);
        var mixture = FitNgrams(logits);
        var mixed = mixture.Apply(weights);
        var precisions = new Dictionary<string, ExportedPrecision>(StringComparer.Ordinal);
        if (data.Calibration.Count < data.Dev.Count)
            context.Display.Line(
                $"calibration: on {data.Calibration.Count} of {data.Dev.Count} dev utterances; the training set has the others word " +
                "for word");
        Fp32Exporter.Export(student.Config, data.Task, mixed, ModelFile(Precision.Fp32), mixture.Table);
        precisions[Precision.Fp32] = Measure(Precision.Fp32);
        CheckParity(student, mixture, logits, precisions[Precision.Fp32].DevLogits, ModelFile(Precision.Fp32));
        precisions[Precision.Int8] =
            new IntegerExport(data, recipe, context, mixture, precisions[Precision.Fp32], () => Measure(Precision.Int8))
            .Write(student, mixed, ModelFile(Precision.Int8));
        foreach (var (name, exported) in new ExtraPrecisions(data, recipe, context, mixture, precisions[Precision.Fp32], Measure).Write(
            student.Config, mixed, ModelFile))
            precisions[name] = exported;
        SafetensorsWriter.Write(Path.Combine(folder, BundleFiles.Student), weights);
        File.WriteAllText(Path.Combine(folder, "config.json"), JsonSerializer.Serialize(student.Config, ConfigJson) + "\n");
        data.Vocabulary.WriteTo(Path.Combine(folder, BundleFiles.Vocabulary));
        var golden = GoldenFile.Write(
            Path.Combine(folder, BundleFiles.Golden), data.Task, data.Dev,
            [.. precisions.Values.Select(p => (p.DevLogits, p.Entry.Temperatures))]);
        context.Display.Line($"{BundleFiles.Golden}: {golden} utterances");
        return precisions;

        ExportedPrecision Measure(string precision) =>
            PrecisionCalibration.Run(precision, ModelFile(precision), data, acceptedAccuracy, context.Cancellation);

        string ModelFile(string precision) => Path.Combine(folder, BundleFiles.Model(precision));
    }

    // On dev, and on one input of every length that callers may send.
    private void CheckParity(BertTaskModel student, NgramMixture mixture, IReadOnlyList<float[][]> devLogits,
        IReadOnlyList<float[][]> exportedDev, string file)
    {
        var lengths = EveryLength.Of(data.Dev.Examples, data.Task.MaxLength);
        using var session = StudentSession.Open(file, data.Task.Heads);
        var differences = LogitsParity.Check(
            data.Task,
            [.. mixture.Mix(data.Dev.Examples, devLogits), .. mixture.Mix(lengths, ModelLogits.Compute(student, lengths, context))],
            [.. exportedDev, .. StudentLogits.Compute(session, lengths, context.Cancellation)],
            Path.GetFileName(file));
        context.History.Parity = differences;
        var heads = differences.Select(head => string.Create(CultureInfo.InvariantCulture, $"{head.Key} {head.Value:0.0e+0}"));
        context.Display.Line(
            $"fp32 file equals the trained student: largest difference of " +
            $"a logit {string.Join(", ", heads)}, on {data.Dev.Count} utterances and one of every " +
            $"length up to {data.Task.MaxLength} tokens");
    }

    private NgramMixture FitNgrams(IReadOnlyList<float[][]> logits)
    {
        if (!recipe.Ngrams.Enabled)
            return NgramMixture.EncoderOnly(data.Task);
        var variants = new Variants(recipe.Augmentation, data.Task.Language, seed).Of(data.Splits.Train);
        var unseen = data.Calibration.Examples;
        if (NgramFitting.Fit(
            data.Task, [.. data.Train, .. data.Encoder.Encode(variants)], unseen, recipe.Ngrams, seed,
            context.Cancellation) is not { } table)
            return NgramMixture.EncoderOnly(data.Task);
        var mixture = NgramMixture.Fit(data.Task, table, unseen, data.ForCalibration(logits), out var line);
        context.Display.Line(line);
        return mixture;
    }

    private BundleManifest WriteBundle(string output, string folder, Dictionary<string, ExportedPrecision> precisions)
    {
        var draft = new BundleManifest
        {
            Task = data.Task,
            Tokenizer = data.Tokenizer.Settings,
            Precisions = precisions.ToDictionary(entry => entry.Key, entry => entry.Value.Entry, StringComparer.Ordinal),
            TrainingData = new TrainingDataInfo
            {
                Fingerprint = TrainingDataFingerprint.Of(data.Splits.Train),
                Counts = new Dictionary<string, int> { ["train"] = data.Train.Count, ["dev"] = data.Dev.Count, ["test"] = data.Test.Count },
            },
        };
        return OutputFolder.Write(output, draft, target =>
        {
            foreach (var file in Directory.EnumerateFiles(folder))
                File.Copy(file, Path.Combine(target, Path.GetFileName(file)));
        });
    }

    private void WarnOfLoss(EvaluationReport fp32, EvaluationReport int8)
    {
        foreach (var (name, lost) in PrecisionLoss.ByHead(fp32, int8).Where(head => head.Lost > PrecisionLoss.Allowed))
            context.Display.Line(
                $"warning: head {name} loses {PrecisionLoss.Points(lost)} on dev from FP32 to INT8; " +
                $"at most {PrecisionLoss.Points(PrecisionLoss.Allowed)} are expected. Serve fp32, or train a wider student.");
    }

    private void ConfirmOnTest(EvaluationReport fp32, string precision, EvaluationReport other)
    {
        var (worst, beyond) = PrecisionLoss.OnTest(fp32, precision, other);
        context.Display.Line(worst);
        foreach (var line in beyond)
        {
            context.Display.Line(line);
            context.History.Quantization.Add(line);
        }
    }
}
