using System.Text.Json;
using System.Text.Json.Nodes;
using Edge.Bundles;
using Edge.Bundles.Tasks;
using Edge.Bundles.Tokenization;
using Edge.Trainer.Model;
using Edge.Trainer.Ngrams;
using Edge.Trainer.Tests.Export;

namespace Edge.Appliance.Tests.Support;

/// <summary>Bundles with seeded random weights: their answers mean nothing and are always the same.</summary>
internal static class TinyBundle
{
    public static readonly TaskDefinition Task = new()
    {
        Language = "zh",
        MaxLength = 32,
        Heads =
        [
            new() { Name = "sentiment", Kind = HeadKind.Single, Labels = ["积极", "中性", "消极", "非常消极"] },
            new() { Name = "intent", Kind = HeadKind.Single, Labels = ["退款", "查物流", "查订单"] },
            new() { Name = "entities", Kind = HeadKind.Span, Labels = ["ORDER_NUMBER", "PHONE"] },
        ],
    };

    // Takes everything to be in scope, unless the configuration has another threshold.
    private static readonly OutOfScopeEntry Everything = new()
    {
        Energy = new OutOfScopePart(0, 1), Norm = new OutOfScopePart(0, 1), Sums = [-100, 100], Shares = [0.01f, 0.99f], Threshold = 1,
    };

    private const string Characters = "我要退款帮查一下订单怎么还没到气死了的手机号是你好物流快递在哪里,。?!0123456789abcdefghijklmnopqrstuvwxyz";

    private static readonly string[] Pieces =
    [
        "[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", .. Characters.Distinct().Select(c => $"{c}"),
        .. Characters.Where(char.IsAscii).Select(c => $"##{c}"),
    ];

    /// <summary>Writes a bundle.</summary>
    /// <param name="directory">Its directory; must not exist.</param>
    /// <param name="threshold">Threshold of every head: 0 accepts all, 1 nothing but certainty.</param>
    /// <param name="task">Its task; <see cref="Task"/> by default.</param>
    /// <param name="golden">Lines of golden.jsonl.</param>
    public static BundleManifest Write(string directory, float threshold = 0, TaskDefinition? task = null, params string[] golden) =>
        Write(directory, Config(layers: 2), threshold, task ?? Task, golden);

    /// <summary>Writes a bundle that has half precision, too, as the trainer's have.</summary>
    /// <param name="directory">Its directory; must not exist.</param>
    /// <param name="golden">Lines of golden.jsonl.</param>
    public static BundleManifest WriteWithHalf(string directory, params string[] golden) =>
        Write(directory, Config(layers: 2), 0, Task, golden, _ => { });

    /// <summary>The same with another file in half precision than the trainer's.</summary>
    /// <param name="directory">Its directory; must not exist.</param>
    /// <param name="change">Changes the file of this path.</param>
    public static BundleManifest WriteWithChangedHalf(string directory, Action<string> change) =>
        Write(directory, Config(layers: 2), 0, Task, [], change);

    /// <summary>
    /// The same of a size that takes a processor a while: the stand-in GPU, which computes nothing, is faster on a busy machine, too.
    /// </summary>
    public static BundleManifest WriteDeepWithHalf(string directory, params string[] golden) =>
        Write(directory, Config(layers: 24) with { HiddenSize = 128, IntermediateSize = 512 }, 0, Task, golden, _ => { });

    /// <summary>The same with what the trainer writes by default: 2 layers of 256, relative positions, every kind of n-grams.</summary>
    public static BundleManifest WriteMicroWithHalf(string directory) => Write(
        directory, Config(layers: 2) with { HiddenSize = 256, IntermediateSize = 1024, RelativePositions = 16 }, 0, Task, [], _ => { },
        Students.Ngrams(Task));

    /// <summary>Writes a bundle of another depth.</summary>
    public static BundleManifest WriteWithLayers(string directory, int layers) => Write(directory, Config(layers), 0, Task, []);

    private static BertConfig Config(int layers) => new()
    {
        VocabularySize = Pieces.Length, HiddenSize = 32, Layers = layers, AttentionHeads = 4, IntermediateSize = 64,
    };

    private static BundleManifest Write(
        string directory, BertConfig size, float threshold, TaskDefinition task, string[] golden, Action<string>? changeHalf = null,
        NgramTable? ngrams = null)
    {
        var config = size with { MaxPositions = task.MaxLength };
        var weights = Students.Weights(config, task, seed: 7);
        var thresholds = task.Heads.ToDictionary(head => head.Name, _ => threshold);
        var precisions = new Dictionary<string, PrecisionEntry>
        {
            [Precision.Fp32] = new() { File = BundleFiles.Model(Precision.Fp32), Thresholds = thresholds },
            [Precision.Int8] = new()
            {
                File = BundleFiles.Model(Precision.Int8), Thresholds = thresholds,
                OutOfScope = OutOfScope.HeadIndex(task) < 0 ? null : Everything, Metrics = new JsonObject { ["sentenceAccuracy"] = 0.25 }
            },
        };
        if (changeHalf is not null)
            precisions[Precision.Fp16] = new() { File = BundleFiles.Model(Precision.Fp16), Thresholds = thresholds };
        var draft = new BundleManifest
        {
            Task = task,
            Tokenizer = new TokenizerSettings(),
            Precisions = precisions,
        };
        return BundleWriter.Write(directory, draft, folder =>
        {
            File.WriteAllLines(Path.Combine(folder, BundleFiles.Vocabulary), Pieces);
            File.WriteAllText(Path.Combine(folder, "config.json"), JsonSerializer.Serialize(config));
            foreach (var precision in precisions.Keys)
                Students.Export(precision, config, task, weights, Path.Combine(folder, BundleFiles.Model(precision)), ngrams);
            changeHalf?.Invoke(Path.Combine(folder, BundleFiles.Model(Precision.Fp16)));
            if (golden.Length > 0)
                File.WriteAllLines(Path.Combine(folder, BundleFiles.Golden), golden);
        });
    }
}
