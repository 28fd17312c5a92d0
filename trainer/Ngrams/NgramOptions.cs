using Edge.Trainer.Common;

namespace Edge.Trainer.Ngrams;

/// <summary>Scores of n-grams beside the student's encoder.</summary>
internal sealed record NgramOptions
{
    /// <summary>Whether students have them, where they make the answers on dev more likely.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>In how many utterances of the training set an n-gram must occur, 1 to 1,000,000.</summary>
    public int LeastCount { get; init; } = 2;

    /// <summary>
    /// Most n-grams that are kept, the important ones, 0 to 1,000,000. A file grows by some 5 bytes for each and one byte (8 bits) or four
    /// for each of its outputs.
    /// </summary>
    public int Most { get; init; } = 100_000;

    /// <summary>Most scores that are kept, n-grams times outputs, 0 to 100,000,000.</summary>
    public int MostScores { get; init; } = 4_000_000;

    /// <summary>Passes over the training set, 2 to 100; more of them learn it by heart.</summary>
    public int Passes { get; init; } = 5;

    /// <summary>What is out of range.</summary>
    public IEnumerable<string> Problems(string place)
    {
        if (LeastCount is < 1 or > 1_000_000)
            yield return SettingProblem.Of(place, nameof(LeastCount), LeastCount, "1 to 1000000");
        if (Most is < 0 or > 1_000_000)
            yield return SettingProblem.Of(place, nameof(Most), Most, "0 to 1000000");
        if (MostScores is < 0 or > 100_000_000)
            yield return SettingProblem.Of(place, nameof(MostScores), MostScores, "0 to 100000000");
        if (Passes is < 2 or > 100)
            yield return SettingProblem.Of(place, nameof(Passes), Passes, "2 to 100");
    }
}
