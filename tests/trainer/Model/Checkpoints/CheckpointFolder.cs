using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json.Nodes;
using Edge.Bundles.Tasks;
using Edge.Trainer.Data;
using Edge.Trainer.Model;
using Edge.Trainer.Model.Checkpoints;
using Edge.Trainer.Tests.Export;

namespace Edge.Trainer.Tests.Model.Checkpoints;

/// <summary>A tiny checkpoint with random weights, in the style of a published one.</summary>
internal sealed class CheckpointFolder : IDisposable
{
    /// <summary>Sizes: 24 wide, 2 layers, as <see cref="Students.Tiny"/>.</summary>
    public static readonly BertConfig Sizes = Students.Tiny;

    /// <summary>Weights under the names used here, heads left out.</summary>
    public static IReadOnlyDictionary<string, WeightTensor> Weights { get; } = Students.Weights(Sizes, new TaskDefinition { Heads = [] });

    private readonly string _parent = Directory.CreateTempSubdirectory("edge-checkpoint-").FullName;

    public CheckpointFolder()
    {
        Directory.CreateDirectory(Path);
        // Fewer pieces than rows: vocab_size is often rounded up.
        File.WriteAllLines(
            At("vocab.txt"), VocabularyBuilder.SpecialPieces.Concat(Enumerable.Range(0, 90).Select(i => ((char)('一' + i)).ToString())));
        WriteConfig(_ => { });
        WriteWeights(name => name);
    }

    public string Path => At("");

    public string At(string file) => System.IO.Path.Combine(_parent, "model", file);

    /// <summary>config.json as BertModel has it, changed.</summary>
    public void WriteConfig(Action<JsonObject> change)
    {
        var config = new JsonObject
        {
            ["architectures"] = new JsonArray("BertModel"), ["model_type"] = "bert", ["hidden_act"] = "gelu",
            ["vocab_size"] = Sizes.VocabularySize,
            ["hidden_size"] = Sizes.HiddenSize, ["num_hidden_layers"] = Sizes.Layers, ["num_attention_heads"] = Sizes.AttentionHeads,
            ["intermediate_size"] = Sizes.IntermediateSize, ["max_position_embeddings"] = Sizes.MaxPositions, ["type_vocab_size"] = 2,
            ["layer_norm_eps"] = 1e-12, ["gradient_checkpointing"] = false, ["transformers_version"] = "4.9.0", ["pad_token_id"] = 0,
        };
        change(config);
        File.WriteAllText(At("config.json"), config.ToJsonString());
    }

    /// <summary>model.safetensors with other names and tensors.</summary>
    public void WriteWeights(Func<string, string?> rename, params (string Name, int[] Shape)[] extra) =>
        SafetensorsWriter.Write(At("model.safetensors"), Renamed(rename, extra));

    /// <summary>Puts a tensor of 64-bit integers into model.safetensors.</summary>
    public void AddIntegers(string name, int[] shape, long[] values)
    {
        var file = File.ReadAllBytes(At("model.safetensors"));
        var length = (int)BinaryPrimitives.ReadInt64LittleEndian(file);
        var (header, data) = (JsonNode.Parse(file.AsSpan(8, length))!.AsObject(), file[(8 + length)..]);
        header[name] = new JsonObject
        {
            ["dtype"] = "I64", ["shape"] = new JsonArray([.. shape.Select(size => (JsonNode)size)]),
            ["data_offsets"] = new JsonArray(data.Length, data.Length + (8 * values.Length)),
        };
        var text = Encoding.UTF8.GetBytes(header.ToJsonString());
        File.WriteAllBytes(At("model.safetensors"),
            [.. BitConverter.GetBytes((long)text.Length), .. text, .. data, .. MemoryMarshal.AsBytes<long>(values)]);
    }

    /// <summary>The weights under other names; <c>null</c> leaves one out.</summary>
    public static Dictionary<string, WeightTensor> Renamed(Func<string, string?> rename, params (string Name, int[] Shape)[] extra)
    {
        var weights = Weights.Where(entry => rename(entry.Key) is not null).ToDictionary(entry => rename(entry.Key)!, entry => entry.Value);
        foreach (var (name, shape) in extra)
            weights.Add(
                name, new WeightTensor([.. Enumerable.Range(0, shape.Aggregate(1, (a, b) => a * b)).Select(i => i / 1000f)], shape));
        return weights;
    }

    public void Dispose() => Directory.Delete(_parent, recursive: true);
}
