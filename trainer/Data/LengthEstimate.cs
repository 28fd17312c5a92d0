using Edge.Bundles.Tokenization;

namespace Edge.Trainer.Data;

/// <summary>How many tokens an utterance will have, before there is a vocabulary.</summary>
internal static class LengthEstimate
{
    /// <summary>Share of the utterances that shall fit whole.</summary>
    public const double Percentile = 0.995;

    /// <summary>
    /// Least and most that <see cref="MaxLength"/> gives: callers may use more words than the training texts do, and room that is not
    /// used costs nothing; attention costs grow with the square of what is.
    /// </summary>
    public const int Shortest = 64, Longest = 256;

    /// <summary>Tokens for the 99.5th percentile, [CLS] and [SEP] included, rounded up to a multiple of 8, 64 to 256.</summary>
    public static int MaxLength(IReadOnlyList<LabelledUtterance> utterances)
    {
        if (utterances.Count == 0) return Shortest;
        var lengths = utterances.Select(Of).Order().ToArray();
        var length = lengths[Math.Min(lengths.Length - 1, (int)Math.Ceiling(Percentile * lengths.Length) - 1)];
        return Math.Clamp((length + 7) / 8 * 8, Shortest, Longest);
    }

    /// <summary>Tokens of an input: utterance, context, [CLS] and [SEP].</summary>
    public static int Of(LabelledUtterance utterance) =>
        2 + Tokens(utterance.Text) + (utterance.Context is null ? 0 : 1 + Tokens(utterance.Context));

    /// <summary>
    /// One for each Han character, punctuation mark and symbol; a word counts one for every six characters, which is on the
    /// safe side for WordPiece.
    /// </summary>
    public static int Tokens(string text) => new WordSplitter(new TokenizerSettings()).Split(text).Sum(word => (word.Length + 5) / 6);
}
