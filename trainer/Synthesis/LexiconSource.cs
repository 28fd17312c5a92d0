namespace Edge.Trainer.Synthesis;

/// <summary>A lexicon as it stands in its file.</summary>
/// <param name="Name">Name that slots refer to.</param>
internal sealed record LexiconSource(string Name)
{
    /// <summary>Its own lines.</summary>
    public List<LexiconEntry> Entries { get; } = [];

    /// <summary>Names of the lexicons it includes (<c>+name</c>).</summary>
    public List<string> Included { get; } = [];
}
