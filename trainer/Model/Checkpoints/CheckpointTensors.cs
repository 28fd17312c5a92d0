using System.Text.Json;

namespace Edge.Trainer.Model.Checkpoints;

/// <summary>Finds the weights of a Hugging Face directory: one file or several, safetensors before pickles.</summary>
internal static class CheckpointTensors
{
    /// <summary>Opens whatever form of weights the folder has.</summary>
    /// <returns>Tensors by the name they are stored under.</returns>
    /// <exception cref="CheckpointException">There are none, or a file is broken.</exception>
    public static Dictionary<string, StoredTensor> Open(string folder)
    {
        if (Has(CheckpointFiles.Safetensors))
            return SafetensorsFile.Open(At(CheckpointFiles.Safetensors));
        if (Has(CheckpointFiles.SafetensorsIndex))
            return OpenShards(folder, At(CheckpointFiles.SafetensorsIndex), SafetensorsFile.Open);
        if (Has(CheckpointFiles.Torch))
            return TorchFile.Open(At(CheckpointFiles.Torch));
        if (Has(CheckpointFiles.TorchIndex))
            return OpenShards(folder, At(CheckpointFiles.TorchIndex), TorchFile.Open);
        var others = Directory.EnumerateFiles(folder).Select(Path.GetFileName)
            .Where(name => name is "tf_model.h5" or "flax_model.msgpack" or "model.ckpt.index" or "bert_model.ckpt.index");
        throw new CheckpointException(
            folder,
            $"has no weights; {CheckpointFiles.Safetensors} or {CheckpointFiles.Torch} (or their index of several files) is needed." +
            (others.FirstOrDefault() is { } other
                ? $" {other} is of another framework: load it with Hugging Face's transformers and call save_pretrained."
                : ""));

        bool Has(string name) => File.Exists(At(name));
        string At(string name) => Path.Combine(folder, name);
    }

    private static Dictionary<string, StoredTensor> OpenShards(
        string folder, string index, Func<string, Dictionary<string, StoredTensor>> open)
    {
        var file = JsonObjectFile.Read(index);
        if (file.Member("weight_map") is not { ValueKind: JsonValueKind.Object } map)
            throw new CheckpointException(index, "has no weight_map; it must say which tensor lies in which file.");
        var shards = new Dictionary<string, Dictionary<string, StoredTensor>>(StringComparer.Ordinal);
        var tensors = new Dictionary<string, StoredTensor>(StringComparer.Ordinal);
        foreach (var entry in map.EnumerateObject())
        {
            var name = entry.Value.ValueKind == JsonValueKind.String ? entry.Value.GetString()! : "";
            // A name with a path in it could read any file of the machine.
            if (name.Length == 0 || name != Path.GetFileName(name))
                throw new CheckpointException($"{index}: {entry.Name}", $"lies in '{name}'; a file name without folders is needed.");
            if (!shards.TryGetValue(name, out var shard))
            {
                var path = Path.Combine(folder, name);
                if (!File.Exists(path))
                    throw new CheckpointException(
                        $"{index}: {entry.Name}", $"lies in {name}, which is not there. Download all files of the checkpoint.");
                shards.Add(name, shard = open(path));
            }
            tensors[entry.Name] = shard.TryGetValue(entry.Name, out var tensor)
                ? tensor
                : throw new CheckpointException($"{index}: {entry.Name}",
                    $"is not in {name}, where it should lie. The files do not belong together; download all of them again.");
        }
        return tensors;
    }
}
