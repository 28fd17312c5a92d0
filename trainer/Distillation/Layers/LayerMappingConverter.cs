using System.Text.Json;
using System.Text.Json.Serialization;

namespace Edge.Trainer.Distillation.Layers;

/// <summary>Reads and writes a mapping as a rule's name or as a list of pairs.</summary>
internal sealed class LayerMappingConverter : JsonConverter<LayerMapping>
{
    /// <inheritdoc/>
    public override LayerMapping Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String)
        {
            var rule = reader.GetString();
            return rule == LayerMapping.Uniform.Rule ? LayerMapping.Uniform
                : rule == LayerMapping.Last.Rule ? LayerMapping.Last
                : throw new JsonException($"There is no mapping of layers named {rule}.");
        }
        var rows = JsonSerializer.Deserialize<int[][]>(ref reader, options);
        if (rows is null or [] || Array.Exists(rows, row => row is not { Length: 2 } || row[0] < 0 || row[1] < 0))
            throw new JsonException("A mapping of layers is a list of pairs of numbers from 0.");
        return LayerMapping.Of([.. rows.Select(row => new LayerPair(row[0], row[1]))]);
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, LayerMapping value, JsonSerializerOptions options)
    {
        if (value.Rule is { } rule)
            writer.WriteStringValue(rule);
        else
            JsonSerializer.Serialize(writer, value.Pairs.Select(pair => new[] { pair.Student, pair.Teacher }), options);
    }
}
