using System.Text.Json;
using System.Text.Json.Nodes;
using Edge.Trainer.Model.Checkpoints;
using static TorchSharp.torch;

namespace Edge.Trainer.Model.Lora;

/// <summary>Writes the low-rank additions of a model apart from it, as Hugging Face's PEFT does.</summary>
internal static class PeftFile
{
    /// <summary>The additions.</summary>
    public const string Weights = "adapter_model.safetensors";

    /// <summary>How they are added.</summary>
    public const string Config = "adapter_config.json";

    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true };

    /// <summary>The additions of one of several models that were trained alike; they share <see cref="Config"/>.</summary>
    /// <param name="which">Which, from 1.</param>
    public static string WeightsOf(int which) => which == 1 ? Weights : $"adapter_model.{which}.safetensors";

    /// <summary>Writes a folder.</summary>
    /// <param name="folder">The folder; made where it does not exist.</param>
    /// <param name="lora">The additions of a model.</param>
    /// <param name="start">Where the weights came from that they add to; <c>null</c>: nowhere that has a name.</param>
    /// <param name="which">Which of several models that were trained alike, from 1.</param>
    public static void Write(string folder, ModelLora lora, string? start, int which = 1)
    {
        Directory.CreateDirectory(folder);
        using var scope = NewDisposeScope();
        var weights = lora.NamedParameters().ToDictionary(
            entry => "base_model.model." + entry.name,
            entry => new WeightTensor(
                entry.parameter.detach().cpu().contiguous().data<float>().ToArray(), [.. entry.parameter.shape.Select(size => (int)size)]),
            StringComparer.Ordinal);
        SafetensorsWriter.Write(Path.Combine(folder, WeightsOf(which)), weights);
        var options = lora.Options;
        var config = new JsonObject
        {
            ["peft_type"] = "LORA",
            ["base_model_name_or_path"] = start,
            ["r"] = options.Rank,
            ["lora_alpha"] = options.Alpha,
            ["lora_dropout"] = options.Dropout,
            ["target_modules"] = Targets(options, lora.Additions.Select(entry => LayerNames.LayerOf(entry.Name))),
            ["bias"] = "none",
            ["fan_in_fan_out"] = false,
            ["inference_mode"] = true,
        };
        File.WriteAllText(Path.Combine(folder, Config), config.ToJsonString(Json) + "\n");
    }

    // PEFT reads a list as ends of names, of which output.dense would mean attention.output.dense too; a text is a whole
    // name, as a regular expression. It refuses layers_to_transform beside a text, so the layers stand in the expression.
    private static string Targets(LoraOptions options, IEnumerable<int> layers)
    {
        var names = options.Targets.Select(target => target switch
        {
            LoraTarget.Query => @"attention\.self\.query",
            LoraTarget.Key => @"attention\.self\.key",
            LoraTarget.Value => @"attention\.self\.value",
            LoraTarget.AttentionOutput => @"attention\.output\.dense",
            LoraTarget.Intermediate => @"intermediate\.dense",
            _ => @"output\.dense",
        });
        return $@"encoder\.layer\.(?:{string.Join('|', layers.Distinct().Order())})\.(?:{string.Join('|', names)})";
    }
}
