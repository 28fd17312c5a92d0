using Edge.Bundles.Tasks;
using Edge.Trainer.Model;
using Edge.Trainer.Model.Checkpoints;
using Edge.Trainer.Progress;

namespace Edge.Trainer.Pipelines;

/// <summary>
/// A trained model as a Hugging Face directory that also has its heads (<c>heads.NAME.weight</c> in the weights) and
/// <c>task.json</c>: what <c>finetune</c> writes, and <c>export</c> and <c>--init</c> read.
/// </summary>
internal static class ModelFolder
{
    /// <summary>The task with its final labels.</summary>
    public const string Task = "task.json";

    /// <summary>Folder of the low-rank additions, where some were trained; PEFT calls them an adapter.</summary>
    public const string Lora = "adapter";

    /// <summary>Writes a model.</summary>
    /// <param name="folder">Folder that does not exist yet, or is empty.</param>
    /// <param name="model">The model.</param>
    /// <param name="data">What it was trained on.</param>
    /// <param name="lora">Folder with low-rank additions that is moved in; <c>null</c>: none.</param>
    /// <param name="display">Where it is said what other programs do not read.</param>
    public static void Write(string folder, BertTaskModel model, PreparedData data, string? lora, IRunDisplay display)
    {
        CheckpointWriter.Write(folder, model.Config, ModelParameters.ToWeights(model), null,
            data.Vocabulary, keepHeads: true, target =>
            {
                TaskFile.Write(Path.Combine(target, Task), data.Task);
                if (lora is null)
                    return;
                var inside = Directory.CreateDirectory(Path.Combine(target, Lora)).FullName;
                foreach (var file in Directory.EnumerateFiles(lora))
                    File.Copy(file, Path.Combine(inside, Path.GetFileName(file)));
            });
        if (CheckpointWriter.NoteForOthers(model.Config) is { } note)
            display.Line(note);
    }

    /// <summary>Weights of a model's heads.</summary>
    public static ModelWeights ReadHeads(string folder) =>
        SafetensorsReader.Read(Path.Combine(folder, CheckpointFiles.Safetensors))
            .Where(entry => entry.Key.StartsWith("heads.", StringComparison.Ordinal)).ToDictionary(StringComparer.Ordinal);
}
