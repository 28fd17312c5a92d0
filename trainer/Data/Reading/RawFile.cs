namespace Edge.Trainer.Data.Reading;

/// <summary>A file's rows before heads are known.</summary>
/// <param name="Name">The file, as shown to people.</param>
/// <param name="Form">What it is: form, encoding, separator, quotes.</param>
/// <param name="Rows">Every row, the bad ones with their problems.</param>
internal sealed record RawFile(string Name, string Form, IReadOnlyList<RawRow> Rows)
{
    /// <summary>For a split without a file.</summary>
    public static RawFile None { get; } = new("", "", []);
}
