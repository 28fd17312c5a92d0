namespace Edge.Trainer.Data.Reading;

/// <summary>A row as it stands in a file.</summary>
internal sealed class RawRow
{
    /// <summary>File it stands in, as shown to people.</summary>
    public required string File { get; init; }

    /// <summary>Line it starts on, from 1.</summary>
    public required int Line { get; init; }

    /// <summary>Line it ends on.</summary>
    public int LastLine { get; init; }

    /// <summary>The row's own characters.</summary>
    public required string Source { get; init; }

    /// <summary>The utterance; <c>null</c> where the row has none.</summary>
    public string? Text { get; set; }

    /// <summary>Earlier turns.</summary>
    public string? Context { get; set; }

    /// <summary>Values by head name, in the order of the row.</summary>
    public Dictionary<string, RawValue> Heads { get; } = new(StringComparer.Ordinal);

    /// <summary>What is wrong with the row; a row with problems becomes a <see cref="BadRow"/>.</summary>
    public List<string> Problems { get; } = [];
}
