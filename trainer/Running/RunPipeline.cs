using System.Text.Json;
using Edge.Bundles;
using Edge.Trainer.Data;
using Edge.Trainer.Evaluation;
using Edge.Trainer.Export;
using Edge.Trainer.Model;
using Edge.Trainer.Progress;
using Edge.Trainer.Reporting.History;
using Edge.Trainer.Training;
using Edge.Trainer.Training.Resuming;
using TorchSharp;

namespace Edge.Trainer.Running;

/// <summary>
/// <c>edge-trainer run</c>: 1. read the data; 2. plan; 3. train teacher and student; 4. export and check; 5. calibrate and
/// measure; 6. write the bundle. No bundle is left where it fails or is cancelled; what was trained by then is kept beside it.
/// </summary>
internal sealed class RunPipeline(RunOptions options, RunRecipe recipe, IRunDisplay display, CancellationToken cancellation)
{
    private const double LossAllowed = 0.005; // INT8 against FP32, on any head (design: half a point)
    private static readonly JsonSerializerOptions ConfigJson = new() { WriteIndented = true };
    private readonly TrainingStore _store = new(options.TrainingFolder, TimeSpan.FromMinutes(options.CheckpointMinutes), TimeProvider.System);

    /// <summary>Trains and writes a bundle.</summary>
    /// <returns>Figures on the test split by precision.</returns>
    public IReadOnlyDictionary<string, EvaluationReport> Run()
    {
        UsageException.ThrowIfAny([.. options.Problems(), .. recipe.Problems()]);
        var folder = Directory.CreateTempSubdirectory("edge-trainer-").FullName;
        try
        {
            return Run(folder);
        }
        catch (OperationCanceledException) when (_store.Exists)
        {
            display.Line($"{_store.Folder} keeps what was trained: the same command with --resume goes on from there.");
            throw;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private Dictionary<string, EvaluationReport> Run(string folder)
    {
        // 1. Data
        var data = PreparedData.Read(options, folder);
        DescribeData(data);

        // 2. Device, seed, plan
        if (options.Threads is { } threads)
            torch.set_num_threads(threads);
        if (_store.Open(RunIdentity.Of(options, recipe, data), options.Resume) is var kept and > 0)
            display.Line($"--resume: {_store.Folder} keeps {kept} phases; the last of them may be unfinished");
        else if (options.Resume)
            display.Line($"--resume: {_store.Folder} keeps nothing; the run starts at its beginning");
        var bfloat16 = TrainingSession.UsesBFloat16(recipe.BFloat16, _store);
        var student = Config(options.StudentSize, ModelSizes.Students, data);
        var teacher = options.TeacherSize is { } size ? Config(size, ModelSizes.Teachers, data) : student;
        var plan = Plan(teacher, student, data, bfloat16);
        var history = new TrainingHistory(options.TensorBoard is { } events ? new TensorBoardLog(events) : null);
        using var session = new TrainingSession(data, options.Seed, bfloat16, display, cancellation, _store, history);
        var context = session.Context;

        // 3. Training
        using var trained = new StudentTraining(data, recipe, options, context).Train(teacher, student, plan, () => TrainingTimeLeft(data));
        var exported = Path.Combine(folder, "bundle");
        Directory.CreateDirectory(exported);

        // 4. and 5. Export, check, calibrate, measure
        var precisions = Export(exported, trained, data, context);
        foreach (var file in new[] { Precision.Fp32, Precision.Int8 })
            display.Line($"{file}: test {Summary(precisions[file].Test)}; dev {Summary(precisions[file].Dev)}");
        WarnOfLoss(precisions[Precision.Fp32].Dev, precisions[Precision.Int8].Dev);

        // 6. Bundle
        cancellation.ThrowIfCancellationRequested();
        var manifest = WriteBundle(exported, data, precisions);
        _store.Delete();
        display.Line($"{Path.GetFullPath(options.Out)}: bundle {manifest.Id}, {_store.Elapsed.TotalMinutes:0.0} min");
        return precisions.ToDictionary(entry => entry.Key, entry => entry.Value.Test, StringComparer.Ordinal);
    }

    private BertConfig Config(string size, IReadOnlyDictionary<string, ModelSize> names, PreparedData data) =>
        ModelSize.Parse(size, names)!.ToConfig(data.Tokenizer.VocabularySize, data.Task.MaxLength, recipe.Pooling, recipe.Dropout, recipe.InitializerRange);

    // What export and evaluation take was measured as 5 ms an utterance of dev and test, and a few seconds for the files.
    private TimeSpan TrainingTimeLeft(PreparedData data)
    {
        var budget = TimeSpan.FromMinutes(options.BudgetMinutes);
        var afterTraining = TimeSpan.FromSeconds(Math.Min(budget.TotalSeconds / 4, 5 + (0.005 * (data.Dev.Count + data.Test.Count))));
        var left = budget - _store.Elapsed - afterTraining;
        return left > TimeSpan.FromSeconds(1) ? left : TimeSpan.FromSeconds(1);
    }

    private RunPlan Plan(BertConfig teacher, BertConfig student, PreparedData data, bool bfloat16)
    {
        if (options.Epochs is { } epochs)
        {
            var given = new RunPlan(Unlimited(epochs[0]), Unlimited(epochs[1]), epochs.Count > 3 ? (int)epochs[3] : 1, Unlimited(epochs[2]));
            display.Line($"plan: {given}");
            return given;
        }

        return _store.Remember("plan", () =>
        {
            using var session = new TrainingSession(data, options.Seed, bfloat16, display, cancellation); // another one trains: this one draws numbers
            var speed = ThroughputProbe.Measure(teacher, student, data.Train, recipe, session.Context);
            var tokens = data.Train.Sum(example => (long)example.Encoded.Length);
            var plan = BudgetPlanner.Plan(recipe, TrainingTimeLeft(data), tokens, speed, StudentTraining.SharePretraining(teacher, student));
            display.Line($"plan for {options.BudgetMinutes:0.##} min at {speed.Teacher:0} (teacher) and {speed.Student:0} (student) tokens/s: {plan}");
            return plan;
        });

        static PhaseLimit Unlimited(double epochs) => new(epochs, TimeSpan.MaxValue);
    }

    private Dictionary<string, ExportedPrecision> Export(string folder, BertTaskModel student, PreparedData data, TrainingContext context)
    {
        var weights = ModelParameters.ToWeights(student);
        var precisions = new Dictionary<string, ExportedPrecision>(StringComparer.Ordinal);
        foreach (var precision in new[] { Precision.Fp32, Precision.Int8 })
        {
            var file = Path.Combine(folder, BundleFiles.Model(precision));
            if (precision == Precision.Fp32)
                Fp32Exporter.Export(student.Config, data.Task, weights, file);
            else
                Int8Exporter.Export(student.Config, data.Task, weights, file);
            precisions[precision] = PrecisionCalibration.Run(precision, file, data, options.AcceptedAccuracy, cancellation);
        }

        var differences = LogitsParity.Check(
            data.Task, ModelLogits.Compute(student, data.Dev.Examples, context), precisions[Precision.Fp32].DevLogits, BundleFiles.Model(Precision.Fp32));
        display.Line($"fp32 file equals the trained student: largest difference of a logit {differences.Values.Max():0.0e+0} on {data.Dev.Count} utterances");
        SafetensorsWriter.Write(Path.Combine(folder, BundleFiles.Student), weights);
        File.WriteAllText(Path.Combine(folder, "config.json"), JsonSerializer.Serialize(student.Config, ConfigJson) + "\n");
        File.Copy(data.VocabularyFile, Path.Combine(folder, BundleFiles.Vocabulary));
        var golden = GoldenFile.Write(
            Path.Combine(folder, BundleFiles.Golden), data.Task, data.Dev, [.. precisions.Values.Select(p => (p.DevLogits, p.Entry.Temperatures))]);
        display.Line($"{BundleFiles.Golden}: {golden} utterances");
        return precisions;
    }

    private BundleManifest WriteBundle(string folder, PreparedData data, Dictionary<string, ExportedPrecision> precisions)
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
        return OutputFolder.Write(options.Out, draft, target =>
        {
            foreach (var file in Directory.EnumerateFiles(folder))
                File.Copy(file, Path.Combine(target, Path.GetFileName(file)));
        });
    }

    private void DescribeData(PreparedData data)
    {
        display.Line($"{options.Data}: {data.Train.Count} utterances for training, {data.Dev.Count} dev, {data.Test.Count} test; {data.Tokenizer.VocabularySize} word pieces, at most {data.Task.MaxLength} tokens");
        foreach (var head in data.Task.Heads)
            display.Line($"head {head.Name}: {head.Kind.ToString().ToLowerInvariant()}, {head.Labels.Count} labels");
        foreach (var note in data.Splits.Notes)
            display.Line($"note: {note}");
    }

    private void WarnOfLoss(EvaluationReport fp32, EvaluationReport int8)
    {
        foreach (var (name, report) in fp32.Heads)
        {
            var lost = report.Score - int8.Heads.First(head => head.Name == name).Report.Score;
            if (lost > LossAllowed)
                display.Line($"warning: head {name} loses {lost * 100:0.00} points on dev from FP32 ({report.Score * 100:0.00}) to INT8; at most {LossAllowed * 100:0.0} are expected. Serve fp32, or train a wider student.");
        }
    }

    private static string Summary(EvaluationReport report) =>
        string.Join(", ", report.Heads.Select(head => $"{head.Name} {head.Report.Score * 100:0.00}")) + $", all heads {report.SentenceAccuracy * 100:0.00}";
}
