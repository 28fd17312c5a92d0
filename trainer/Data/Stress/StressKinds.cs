namespace Edge.Trainer.Data.Stress;

/// <summary>Kinds of stress, and the names of their files.</summary>
internal static class StressKinds
{
    /// <summary>Openings, particles, politeness and hesitation around the utterance.</summary>
    public const string Colloquial = "colloquial";

    /// <summary>Slips of the keyboard: characters that sound or look alike, neighbouring keys, transposed and lost characters.</summary>
    public const string Typos = "typos";

    /// <summary>Neutral clauses before and behind the utterance.</summary>
    public const string Long = "long";

    /// <summary>Speech recognition: homophones, lost and doubled characters, digits as words, no punctuation.</summary>
    public const string SpeechNoise = "asr";

    /// <summary>All kinds, in the order in which they are reported.</summary>
    public static IReadOnlyList<string> All { get; } = [Colloquial, Typos, Long, SpeechNoise];
}
