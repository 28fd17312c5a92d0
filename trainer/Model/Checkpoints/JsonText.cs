using System.Text.Json;

namespace Edge.Trainer.Model.Checkpoints;

/// <summary>Parses JSON that may be damaged: whatever is wrong with it shows here and not when a value is asked for.</summary>
internal static class JsonText
{
    /// <summary>Parses an object.</summary>
    /// <param name="place">File, for messages.</param>
    /// <param name="json">UTF-8.</param>
    /// <exception cref="CheckpointException">It is no JSON, no object, or holds what is no text.</exception>
    public static JsonElement ParseObject(string place, ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
                throw new CheckpointException(place,
                    $"is a JSON {document.RootElement.ValueKind}; an object is needed. The file is damaged; copy or download it again.");
            DecodeTexts(document.RootElement);
            return document.RootElement.Clone();
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException)
        {
            throw new CheckpointException(place, $"is no JSON: {failure.Message} The file is damaged; copy or download it again.", failure);
        }
    }

    // The parser looks at bytes only: that a text is Unicode shows where it is decoded.
    private static void DecodeTexts(JsonElement element)
    {
        if (element.ValueKind == JsonValueKind.String)
            _ = element.GetString();
        if (element.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in element.EnumerateArray())
                DecodeTexts(item);
        }
        if (element.ValueKind == JsonValueKind.Object)
        {
            foreach (var member in element.EnumerateObject())
            {
                _ = member.Name;
                DecodeTexts(member.Value);
            }
        }
    }
}
