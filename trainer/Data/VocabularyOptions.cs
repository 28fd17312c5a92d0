namespace Edge.Trainer.Data;

/// <summary>How a vocabulary is made where no checkpoint gives one.</summary>
internal sealed record VocabularyOptions
{
    /// <summary>Most pieces, special ones included, 200 to 100,000. Rare characters, then rare words, are left out beyond it.</summary>
    public int Size { get; init; } = 8000;

    /// <summary>How often a character must occur to get a piece, from 1.</summary>
    public int MinCharacterCount { get; init; } = 1;

    /// <summary>How often a word must occur to get a piece of its own, from 1.</summary>
    public int MinWordCount { get; init; } = 2;

    /// <summary>How often two pieces must stand side by side (counted over all words) to be joined, from 1.</summary>
    public int MinPairCount { get; init; } = 2;
}
