using Edge.Trainer.Data.Duplicates;

namespace Edge.Trainer.Data.Cleaning;

/// <summary>What is done to the data between reading and training; nothing by default.</summary>
internal sealed record DataPreparation
{
    /// <summary>Rules, applied one after the other to every text and context of train, dev and test.</summary>
    public IReadOnlyList<CleaningRule> Cleaning { get; init; } = [];

    /// <summary>
    /// Leave out training utterances that are equal or nearly equal to an earlier one and annotated alike. Off by default: how
    /// often callers say something is worth knowing.
    /// </summary>
    public bool RemoveNearDuplicates { get; init; }

    /// <summary>
    /// Share of character n-grams from which utterances are nearly equal, 0.5 to 1; 1: equal but for case, punctuation and spaces.
    /// </summary>
    public double NearDuplicateSimilarity { get; init; } = NearDuplicates.Similarity;

    /// <summary>
    /// Seed of the split where there is no dev or test file, 0 or more. Not that of the training: commands that follow each other, such as
    /// finetune and export, must set the same utterances apart.
    /// </summary>
    public int SplitSeed { get; init; } = 1;

    /// <summary>
    /// Whether a model that starts from nothing reads letters without their accents. Without it those of Chinese and English do; in other
    /// languages accents, tones and voicing marks are kept.
    /// </summary>
    public bool? StripAccents { get; init; }

    /// <summary>Everything that is out of range: place, found, allowed.</summary>
    public IReadOnlyList<string> Problems(string place)
    {
        var problems = new List<string>();
        if (NearDuplicateSimilarity is not (>= 0.5 and <= 1))
            problems.Add(FormattableString.Invariant($"{place}.nearDuplicateSimilarity is {NearDuplicateSimilarity}; use 0.5 to 1"));
        if (SplitSeed < 0)
            problems.Add($"{place}.splitSeed is {SplitSeed}; use 0 or more");
        problems.AddRange(Cleaner.Problems(Cleaning, $"{place}.cleaning"));
        return problems;
    }

    /// <summary>Equal settings; rules are compared one by one.</summary>
    public bool Equals(DataPreparation? other) =>
        other is not null && SplitSeed == other.SplitSeed && StripAccents == other.StripAccents
        && RemoveNearDuplicates == other.RemoveNearDuplicates
        && NearDuplicateSimilarity.Equals(other.NearDuplicateSimilarity) && Cleaning.SequenceEqual(other.Cleaning);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(SplitSeed, RemoveNearDuplicates, NearDuplicateSimilarity, Cleaning.Count);
}
