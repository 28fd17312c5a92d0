using System.Text;

namespace Edge.Trainer.Data;

/// <summary>
/// Guesses the language of utterances from their script and, of Latin ones, from the commonest words: good enough to name a task, to choose
/// word lists, and to choose none.
/// </summary>
internal static class LanguageGuess
{
    public const string Chinese = "zh", English = "en", Japanese = "ja", Korean = "ko";

    /// <summary>Any other language (ISO 639-2: undetermined).</summary>
    public const string Other = "und";

    private const int LettersPerHan = 3; // a Han character carries about as much as three Latin letters
    private const double LeastKana = 0.05; // of Han and kana; Chinese texts have hardly any
    private const double LeastEnglish = 0.03; // of the words
    private const int FewWords = 50; // too few to tell English from others

    // Frequent in English, and words of no other large language that is written in Latin letters.
    private static readonly HashSet<string> EnglishWords =
        new("the and my you your from what how please it have with that this are can not".Split(' '), StringComparer.OrdinalIgnoreCase);

    /// <summary>The language of most letters: <c>zh</c>, <c>ja</c>, <c>ko</c>, <c>en</c>, or <see cref="Other"/>.</summary>
    public static string Of(IEnumerable<string> texts)
    {
        var (han, kana, hangul, latin, other) = (0L, 0L, 0L, 0L, 0L);
        var (words, english) = (0L, 0L);
        foreach (var text in texts)
        {
            foreach (var rune in text.EnumerateRunes())
            {
                switch (rune.Value)
                {
                    case (>= 0x3400 and <= 0x9FFF) or (>= 0xF900 and <= 0xFAFF) or (>= 0x20000 and <= 0x323AF):
                        han++;
                        break;
                    case (>= 0x3041 and <= 0x30FF) or (>= 0xFF66 and <= 0xFF9F):
                        kana++;
                        break;
                    case (>= 0x1100 and <= 0x11FF) or (>= 0x3131 and <= 0x318E) or (>= 0xAC00 and <= 0xD7A3):
                        hangul++;
                        break;
                    case < 0x250 or (>= 0x1E00 and <= 0x1EFF) when Rune.IsLetter(rune):
                        latin++;
                        break;
                    default:
                        other += Rune.IsLetter(rune) ? 1 : 0;
                        break;
                }
            }
            foreach (var word in text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
            {
                var letters = word.Trim('.', ',', '?', '!', ';', ':', '"', '(', ')');
                if (letters.Length == 0 || !char.IsAsciiLetter(letters[0]))
                    continue;
                words++;
                english += EnglishWords.Contains(letters) ? 1 : 0;
            }
        }

        var eastAsian = LettersPerHan * (han + kana + hangul);
        if (eastAsian > latin + other)
            return hangul > han + kana ? Korean : kana > LeastKana * (han + kana) ? Japanese : Chinese;
        if (other > latin)
            return Other;
        return words < FewWords || english >= LeastEnglish * words ? English : Other;
    }
}
