using System.Text.Json;

namespace Edge.Trainer.Data.Importing;

/// <summary>Short questions to JSON objects.</summary>
internal static class Json
{
    /// <summary>A member of a kind; <c>null</c> where it is missing or of another.</summary>
    public static JsonElement? Get(this JsonElement row, string key, JsonValueKind kind) =>
        row.ValueKind == JsonValueKind.Object && row.TryGetProperty(key, out var value) && value.ValueKind == kind ? value : null;

    /// <summary>A string; <c>null</c> where it is missing or something else.</summary>
    public static string? Text(this JsonElement row, string key) => row.Get(key, JsonValueKind.String)?.GetString();

    /// <summary>The items of a list; none where it is missing or something else.</summary>
    public static IReadOnlyList<JsonElement> List(this JsonElement row, string key) =>
        row.Get(key, JsonValueKind.Array) is { } list ? [.. list.EnumerateArray()] : [];

    /// <summary>Whether there is such a member.</summary>
    public static bool Has(this JsonElement row, string key) => row.ValueKind == JsonValueKind.Object && row.TryGetProperty(key, out _);

    /// <summary>The strings of a list; <c>null</c> where it is missing, empty or has other things.</summary>
    public static string[]? Texts(this JsonElement row, string key) =>
        row.List(key) is { Count: > 0 } list && list.All(item => item.ValueKind == JsonValueKind.String)
            ? [.. list.Select(item => item.GetString()!)]
            : null;

    /// <summary>A whole number; -1, which no offset is, for anything else.</summary>
    public static int Number(this JsonElement value) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) ? number : -1;

    /// <summary>The same of a member.</summary>
    public static int Number(this JsonElement row, string key) => row.Get(key, JsonValueKind.Number)?.Number() ?? -1;
}
