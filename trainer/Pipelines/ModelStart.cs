using Edge.Bundles;
using Edge.Bundles.Common;
using Edge.Bundles.Tasks;
using Edge.Trainer.Model;
using Edge.Trainer.Model.Checkpoints;

namespace Edge.Trainer.Pipelines;

/// <summary>Where training starts from: a Hugging Face directory, a folder of <c>finetune</c>, or the student of a bundle.</summary>
internal sealed class ModelStart
{
    private readonly Checkpoint? _checkpoint;
    private readonly BertConfig? _config;
    private readonly ModelWeights _weights;

    private ModelStart(string folder, Checkpoint? checkpoint, BertConfig? config, ModelWeights weights) =>
        (Folder, _checkpoint, _config, _weights) = (folder, checkpoint, config, weights);

    /// <summary>The folder.</summary>
    public string Folder { get; }

    /// <summary>The vocabulary that the model reads.</summary>
    public required GivenVocabulary Vocabulary { get; init; }

    /// <summary>What the model can read.</summary>
    public required ModelLimits Limits { get; init; }

    /// <summary>The task that it was trained for; <c>null</c>: it is an encoder without heads.</summary>
    public TaskDefinition? Task { get; private init; }

    /// <summary>Opens a folder.</summary>
    /// <exception cref="BundleException">It is a broken bundle.</exception>
    /// <exception cref="CheckpointException">It is no checkpoint.</exception>
    public static ModelStart Open(string folder) =>
        File.Exists(Path.Combine(folder, BundleFiles.Manifest)) ? OfBundle(folder) : OfCheckpoint(folder);

    /// <summary>Says which model it is, by what its files hold.</summary>
    public string Fingerprint() => Checkpoint.FingerprintOf(Folder);

    /// <summary>Sizes of the model that is trained.</summary>
    /// <param name="maxLength">Most tokens of an input, at most <see cref="Limits"/> allow.</param>
    /// <param name="freshPooling">What a pooler that starts fresh reads.</param>
    public BertConfig ConfigFor(int maxLength, Pooling freshPooling) => _config ?? _checkpoint!.ConfigFor(maxLength, freshPooling);

    /// <summary>Copies the weights into a model made with <see cref="ConfigFor"/>; heads only where their labels are the same.</summary>
    /// <returns>Names of the heads that were copied; the others start fresh.</returns>
    public IReadOnlyList<string> LoadInto(BertTaskModel model)
    {
        _checkpoint?.LoadInto(model);
        string[] same = [.. model.Task.Heads.Where(IsSame).Select(head => head.Name)];
        var fitting =
            _weights.Where(
                entry => !entry.Key.StartsWith("heads.", StringComparison.Ordinal)
                    || Array.Exists(same, name => entry.Key.StartsWith($"heads.{name}.", StringComparison.Ordinal)));
        ModelParameters.CopyFitting(model, fitting.ToDictionary(StringComparer.Ordinal), [.. Enumerable.Range(0, model.Config.Layers)]);
        return same;

        bool IsSame(HeadDefinition head) =>
            Task?.Heads.FirstOrDefault(other => other.Name == head.Name) is { } other && other.Kind == head.Kind
            && other.Labels.SequenceEqual(head.Labels);
    }

    private static ModelStart OfBundle(string folder)
    {
        var bundle = BundleReader.Open(folder);
        var config = BertConfigFile.Read(bundle.PathOf(CheckpointFiles.Config));
        return new ModelStart(folder, null, config, SafetensorsReader.Read(bundle.PathOf(BundleFiles.Student)))
        {
            Vocabulary = GivenVocabulary.Read(bundle.PathOf(BundleFiles.Vocabulary), bundle.Manifest.Tokenizer),
            Limits = new ModelLimits(folder, config.MaxPositions, config),
            Task = bundle.Manifest.Task,
        };
    }

    private static ModelStart OfCheckpoint(string folder)
    {
        var checkpoint = Checkpoint.Open(folder);
        var task = Path.Combine(folder, ModelFolder.Task);
        var hasHeads = File.Exists(task);
        return new ModelStart(folder, checkpoint, null, hasHeads ? ModelFolder.ReadHeads(folder) : new Dictionary<string, WeightTensor>())
        {
            Vocabulary = checkpoint.Vocabulary,
            Limits = new ModelLimits(folder, checkpoint.MaxLength, checkpoint.Config),
            Task = hasHeads ? TaskFile.Read(task) : null,
        };
    }
}
