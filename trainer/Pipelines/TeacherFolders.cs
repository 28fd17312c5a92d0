using Edge.Bundles.Common;
using Edge.Bundles.Tasks;
using Edge.Trainer.Model;
using Edge.Trainer.Model.Checkpoints;
using Edge.Trainer.Training;
using TorchSharp;

namespace Edge.Trainer.Pipelines;

/// <summary>Trained models that teach together: they read the same vocabulary and answer the same heads.</summary>
internal sealed class TeacherFolders
{
    private readonly IReadOnlyList<ModelStart> _starts;

    private TeacherFolders(IReadOnlyList<ModelStart> starts) => _starts = starts;

    /// <summary>What the first teacher was trained for; the others agree.</summary>
    public TaskDefinition Task => _starts[0].Task!;

    /// <summary>The vocabulary.</summary>
    public GivenVocabulary Vocabulary => _starts[0].Vocabulary;

    /// <summary>Opens folders.</summary>
    /// <exception cref="UserException">One has no heads, or they differ in heads, labels or vocabulary; every problem is named.</exception>
    public static TeacherFolders Open(IReadOnlyList<string> folders)
    {
        var starts = folders.Select(ModelStart.Open).ToArray();
        var problems = new List<string>();
        foreach (var start in starts)
        {
            if (start.Task is null)
                problems.Add(
                    $"--teacher {start.Folder}: has no task.json, so it has no heads to answer with; train them with edge-trainer " +
                    $"finetune --init {start.Folder}, or name the folder with run --teacher");
        }
        UserException.ThrowIfAny(problems);
        var first = starts[0];
        foreach (var other in starts.Skip(1))
        {
            if (!Heads(other.Task!).SequenceEqual(Heads(first.Task!)))
                problems.Add(
                    $"--teacher {other.Folder}: its heads ({string.Join("; ", Heads(other.Task!))}) are not " +
                    $"those of {first.Folder} ({string.Join("; ", Heads(first.Task!))}); train all teachers with one task file");
            if (other.Limits.MaxLength < first.Task!.MaxLength)
                problems.Add(
                    $"--teacher {other.Folder}: reads at most {other.Limits.MaxLength} tokens; {first.Folder}, which is named first, was " +
                    $"trained for {first.Task.MaxLength}; name the shorter one first");
            if (other.Vocabulary.Settings != first.Vocabulary.Settings
                || !other.Vocabulary.Pieces.SequenceEqual(first.Vocabulary.Pieces))
                problems.Add(
                    $"--teacher {other.Folder}: its vocabulary is not that of {first.Folder}; start all teachers from the same --init");
        }
        UserException.ThrowIfAny(problems);
        return new TeacherFolders(starts);
    }

    /// <summary>Says which teachers they are, by what their files hold.</summary>
    public string Fingerprint() => string.Join(", ", _starts.Select(start => start.Fingerprint()));

    /// <summary>Loads the models; the caller disposes them.</summary>
    /// <param name="context">What the phases share.</param>
    /// <param name="freshPooling">What a pooler reads that a folder does not have.</param>
    public IReadOnlyList<BertTaskModel> Load(TrainingContext context, Pooling freshPooling)
    {
        var models = new List<BertTaskModel>(_starts.Count);
        foreach (var start in _starts)
        {
            // A teacher's tags follow each other as in its own training set.
            var model =
                new BertTaskModel(
                    start.ConfigFor(Math.Min(context.Task.MaxLength, start.Limits.MaxLength), freshPooling), start.Task!, context.Compute)
                    .to(context.Device);
            start.LoadInto(model);
            models.Add(model);
            context.Display.Line($"{start.Folder}: teacher of {model.Config.Layers} layers of {model.Config.HiddenSize}");
        }
        return models;
    }

    private static IEnumerable<string> Heads(TaskDefinition task) =>
        task.Heads.Select(head => $"{head.Name} {head.Kind.ToString().ToLowerInvariant()} {string.Join(", ", head.Labels)}");
}
