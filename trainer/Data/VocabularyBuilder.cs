using System.Text;
using Edge.Bundles.Tokenization;

namespace Edge.Trainer.Data;

/// <summary>
/// Makes a WordPiece vocabulary from training texts: special pieces, characters, frequent words, and pieces of words joined
/// by frequency (Sennrich et al. 2016), in this order. Every word of the training texts can be written with it.
/// </summary>
internal static class VocabularyBuilder
{
    private const string Continuation = "##";
    private const string Punctuation = "，。？！、；：“”‘’（）《》【】…—～·￥%℃";

    /// <summary>The special pieces, in their order: [PAD] is id 0.</summary>
    public static IReadOnlyList<string> SpecialPieces { get; } = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"];

    /// <summary>Pieces in the order of their ids.</summary>
    public static IReadOnlyList<string> Build(IEnumerable<string> texts, TokenizerSettings settings, VocabularyOptions? options = null)
    {
        options ??= new VocabularyOptions();

        // 1. Words as the tokenizer sees them. 2. Characters. 3. Frequent words. 4. Joined pieces.
        var words = CountWords(texts, settings);
        var pieces = new List<string>(SpecialPieces);
        var known = new HashSet<string>(pieces, StringComparer.Ordinal);
        void Add(string piece)
        {
            if (pieces.Count < options.Size && known.Add(piece)) pieces.Add(piece);
        }

        foreach (var character in Characters(words, settings, options)) Add(character);
        var frequent = words.Where(word => word.Value >= options.MinWordCount && word.Key.EnumerateRunes().Count() > 1)
            .OrderByDescending(word => word.Value).ThenBy(word => word.Key, StringComparer.Ordinal);
        // A third of the room stays for pieces, so that unseen words are more than their letters.
        foreach (var word in frequent.Take((options.Size - pieces.Count) * 2 / 3)) Add(word.Key);
        foreach (var piece in PieceTrainer.Train(words, options.Size - pieces.Count, options.MinPairCount)) Add(piece);
        return pieces;
    }

    /// <summary>Settings of the tokenizer of a model that starts from nothing.</summary>
    /// <param name="texts">Training texts.</param>
    /// <param name="stripAccents">
    /// Whether accents are removed; <c>null</c>: of Chinese and English only. Elsewhere they tell words apart: か and が, ma and má.
    /// </param>
    public static TokenizerSettings SettingsFor(IReadOnlyCollection<string> texts, bool? stripAccents) => new()
    {
        FoldWidth = true,
        StripAccents = stripAccents ?? (LanguageGuess.Of(texts) is LanguageGuess.Chinese or LanguageGuess.English ? null : false),
    };

    private static Dictionary<string, int> CountWords(IEnumerable<string> texts, TokenizerSettings settings)
    {
        var words = new Dictionary<string, int>(StringComparer.Ordinal);
        var splitter = new WordSplitter(settings);
        foreach (var text in texts)
            foreach (var word in splitter.Split(text))
                words[word] = words.GetValueOrDefault(word) + 1;
        return words;
    }

    private static IEnumerable<string> Characters(Dictionary<string, int> words, TokenizerSettings settings, VocabularyOptions options)
    {
        // Callers type and speech recognition writes any of these, whether training had them or not.
        for (var c = '!'; c <= '~'; c++)
        {
            if (settings.LowerCase && char.IsAsciiLetterUpper(c)) continue;
            yield return c.ToString();
            if (char.IsAsciiLetterOrDigit(c)) yield return Continuation + c;
        }

        foreach (var c in Punctuation) yield return c.ToString();
        var counts = new Dictionary<Rune, (int Count, bool Continues)>();
        foreach (var (word, count) in words)
        {
            var first = true;
            foreach (var rune in word.EnumerateRunes())
            {
                var before = counts.GetValueOrDefault(rune);
                counts[rune] = (before.Count + count, before.Continues || !first || word.Length > rune.Utf16SequenceLength);
                first = false;
            }
        }

        // A character that is always a word by itself (Han, punctuation) needs no continuation form.
        foreach (var (rune, (count, continues)) in counts.OrderByDescending(pair => pair.Value.Count).ThenBy(pair => pair.Key.Value))
        {
            if (count < options.MinCharacterCount) continue;
            yield return rune.ToString();
            if (continues) yield return Continuation + rune;
        }
    }
}
