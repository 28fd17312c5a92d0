using System.Text.Json;

namespace Edge.Trainer.Model.Checkpoints;

/// <summary>A JSON file with one object, read member by member; members that nobody asks for are left alone.</summary>
internal sealed class JsonObjectFile
{
    private readonly JsonElement _root;

    private JsonObjectFile(string path, JsonElement root)
    {
        Path = path;
        _root = root;
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>Reads a file.</summary>
    /// <exception cref="CheckpointException">It holds something else than an object, or is damaged.</exception>
    public static JsonObjectFile Read(string path) => new(path, JsonText.ParseObject(path, File.ReadAllBytes(path)));

    /// <summary>A member; <c>null</c> where it is absent or null.</summary>
    public JsonElement? Member(string name) =>
        _root.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    /// <summary>A text.</summary>
    public string? Text(string name) => Member(name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.String } value => value.GetString(),
        { } value => throw Wrong(name, value, "a text"),
    };

    /// <summary>True or false.</summary>
    public bool? Switch(string name) => Member(name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.True } => true,
        { ValueKind: JsonValueKind.False } => false,
        { } value => throw Wrong(name, value, "true or false"),
    };

    /// <summary>A whole number within bounds.</summary>
    public int Whole(string name, int absent, int least, int most)
    {
        if (Member(name) is not { } value)
            return absent;
        return value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) && number >= least && number <= most
            ? number
            : throw Wrong(name, value, $"a whole number from {least} to {most}");
    }

    /// <summary>A number from 0 to below 1.</summary>
    public double Share(string name, double absent)
    {
        if (Member(name) is not { } value)
            return absent;
        return value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && number is >= 0 and < 1
            ? number
            : throw Wrong(name, value, "a number from 0 to below 1");
    }

    /// <summary>A member has a value that cannot be used.</summary>
    public CheckpointException Wrong(string name, JsonElement found, string allowed)
    {
        var text = found.GetRawText();
        return new CheckpointException(Path, $"{name} is {(text.Length > 80 ? text[..80] + "..." : text)}; it must be {allowed}.");
    }
}
