using System.Text.Json;
using System.Text.Json.Serialization;

namespace Edge.Trainer.Distillation.Layers;

/// <summary>Reads and writes a selection as a rule's name or as a list of layers.</summary>
internal sealed class LayerSelectionConverter : JsonConverter<LayerSelection>
{
    /// <inheritdoc/>
    public override LayerSelection Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String)
        {
            var rule = reader.GetString();
            return LayerSelection.Rules.FirstOrDefault(selection => selection.Rule == rule)
                ?? throw new JsonException($"There is no selection of layers named {rule}.");
        }
        var layers = JsonSerializer.Deserialize<int[]>(ref reader, options);
        if (layers is null or [] || Array.Exists(layers, layer => layer < 0))
            throw new JsonException("A selection of layers is a list of numbers from 0.");
        return LayerSelection.Of(layers);
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, LayerSelection value, JsonSerializerOptions options)
    {
        if (value.Rule is { } rule)
            writer.WriteStringValue(rule);
        else
            JsonSerializer.Serialize(writer, value.Layers, options);
    }
}
