using System.Text;
using Edge.Bundles.Tokenization;
using Edge.Trainer.Common;

namespace Edge.Trainer.LinearModels;

/// <summary>
/// An utterance as a tagger sees it: hashes of its words, of their shapes, and of the ends of words that have several letters.
/// </summary>
internal sealed class TokenSequence
{
    /// <summary>Most features of a token.</summary>
    public const int MostFeatures = 20 + (2 * LongestAffix);

    private const int LongestAffix = 3;
    private const int Window = 2;

    private readonly ulong[] _words; // with Window end marks at each side
    private readonly ulong[] _shapes;
    private readonly ulong[][] _affixes;

    /// <param name="text">The utterance.</param>
    /// <param name="words">Its words.</param>
    public TokenSequence(string text, IReadOnlyList<SourceWord> words)
    {
        Length = words.Count;
        _words = new ulong[Length + (2 * Window)];
        _shapes = new ulong[_words.Length];
        _affixes = new ulong[Length][];
        for (var i = 0; i < Length; i++)
        {
            _words[i + Window] = FeatureHash.Of(words[i].Text);
            _shapes[i + Window] = FeatureHash.Of(Shape(text.AsSpan(words[i].Source.Start, words[i].Source.Length)));
            _affixes[i] = Affixes(words[i].Text);
        }
    }

    /// <summary>Number of tokens.</summary>
    public int Length { get; }

    /// <summary>Writes the features of a token.</summary>
    /// <returns>How many there are.</returns>
    public int Write(int token, Span<ulong> features)
    {
        var (count, number, at) = (0, 0UL, token + Window);
        // Words around the token, pairs and triples of them; each kind of feature has a number of its own.
        for (var i = -2; i <= 2; i++)
            features[count++] = FeatureHash.Join(++number, _words[at + i]);
        for (var i = -2; i < 2; i++)
            features[count++] = FeatureHash.Join(FeatureHash.Join(++number, _words[at + i]), _words[at + i + 1]);
        features[count++] = FeatureHash.Join(FeatureHash.Join(++number, _words[at - 1]), _words[at + 1]);
        for (var i = -2; i <= 0; i++)
            features[count++] =
                FeatureHash.Join(FeatureHash.Join(FeatureHash.Join(++number, _words[at + i]), _words[at + i + 1]), _words[at + i + 2]);
        for (var i = -1; i <= 1; i++)
            features[count++] = FeatureHash.Join(++number, _shapes[at + i]);
        features[count++] = FeatureHash.Join(FeatureHash.Join(FeatureHash.Join(++number, _shapes[at - 1]), _shapes[at]), _shapes[at + 1]);
        features[count++] = ++number;
        foreach (var affix in _affixes[token])
            features[count++] = affix;
        return count;
    }

    // Runs of letters, digits and marks: "U2942" is Ad, "Ltd." Aa. A Han character is itself, without a shape.
    private static string Shape(ReadOnlySpan<char> word)
    {
        var shape = new StringBuilder();
        foreach (var unit in word)
        {
            var kind = char.IsDigit(unit)
                ? 'd'
                : char.IsUpper(unit) ? 'A' : char.IsLower(unit) ? 'a' : char.IsLetter(unit) ? 'x' : char.IsPunctuation(unit) ? '.' : '-';
            if (shape.Length == 0 || shape[^1] != kind)
                shape.Append(kind);
        }

        return shape.Append(word.Length switch { 1 => "1", < 4 => "3", < 7 => "6", _ => "9" }).ToString();
    }

    private static ulong[] Affixes(string word)
    {
        if (word.Length < 3)
            return [];
        var affixes = new List<ulong>(2 * LongestAffix);
        for (var length = 1; length <= LongestAffix; length++)
        {
            affixes.Add(FeatureHash.Of($"^{word[..length]}"));
            affixes.Add(FeatureHash.Of($"{word[^length..]}$"));
        }

        return [.. affixes];
    }
}
