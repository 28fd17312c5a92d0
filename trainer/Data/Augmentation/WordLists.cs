namespace Edge.Trainer.Data.Augmentation;

/// <summary>
/// The word lists built into the program (<c>Augmentation/*.txt</c>, <c>Stress/*.txt</c>): one entry a line, <c>#</c> starts a comment.
/// </summary>
internal static class WordLists
{
    /// <summary>The entries of a list; none where there is no such list for the language.</summary>
    public static IReadOnlyList<string> Read(string name, string language)
    {
        using var stream = typeof(WordLists).Assembly.GetManifestResourceStream($"Augmentation/{name}.{LanguageTag.Primary(language)}.txt");
        if (stream is null) return [];
        using var reader = new StreamReader(stream);
        return [.. reader.ReadToEnd().Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Where(line => !line.StartsWith('#'))];
    }
}
