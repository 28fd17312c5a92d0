using System.Globalization;
using System.Text;

namespace Edge.Bundles.Tokenization;

/// <summary>
/// The character classes of BERT's reference tokenizer, as in Hugging Face's <c>BertNormalizer</c> and <c>BertPreTokenizer</c>.
/// </summary>
internal static class CharacterKinds
{
    /// <summary>
    /// Dropped: NUL, the replacement character, and categories Cc, Cf and Co, but for tab, line feed and carriage return.
    /// </summary>
    public static bool IsDropped(Rune rune)
    {
        if (rune.Value is '\t' or '\n' or '\r')
            return false;
        return rune.Value == 0xFFFD
            || Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.PrivateUse;
    }

    /// <summary>What a full-width form is above its half-width one.</summary>
    public const int FullWidthOffset = 0xFEE0;

    /// <summary>Full-width digits and Latin letters, as Chinese and Japanese input methods write them.</summary>
    public static bool IsFullWidth(int character) =>
        character is (>= 0xFF10 and <= 0xFF19) or (>= 0xFF21 and <= 0xFF3A) or (>= 0xFF41 and <= 0xFF5A);

    /// <summary>
    /// The blocks that the reference takes for Han: Unified Ideographs, Extensions A to E, Compatibility Ideographs and their Supplement.
    /// </summary>
    public static bool IsHan(int character) => character is
        (>= 0x4E00 and <= 0x9FFF) or (>= 0x3400 and <= 0x4DBF) or (>= 0xF900 and <= 0xFAFF)
        or (>= 0x20000 and <= 0x2A6DF) or (>= 0x2A700 and <= 0x2B73F) or (>= 0x2B740 and <= 0x2B81F)
        or (>= 0x2B920 and <= 0x2CEAF) or (>= 0x2F800 and <= 0x2FA1F);

    /// <summary>
    /// True where no entity can begin: between two digits, and between two letters of a script that puts spaces between words
    /// (Latin, Greek, Cyrillic). Kana, Hangul with its particles or Thai run on from word to word.
    /// </summary>
    public static bool AreJoined(char before, char after) =>
        (char.IsDigit(before) && char.IsDigit(after)) || (IsSpacedLetter(before) && IsSpacedLetter(after));

    /// <summary>
    /// True where a number goes on over a separator: 3.5, 1,200 and their full-width forms. Commas part thousands, so three digits and
    /// no more stand behind one, and one to three, or another such group, before it.
    /// </summary>
    /// <param name="text">A text.</param>
    /// <param name="at">Index of a separator or of the digit behind it.</param>
    public static bool IsInsideNumber(ReadOnlySpan<char> text, int at)
    {
        var separator = at < text.Length && IsSeparator(text[at]) ? at : at - 1;
        if (separator < 1 || separator + 1 >= text.Length || !IsSeparator(text[separator]))
            return false;
        if (!char.IsDigit(text[separator - 1]) || !char.IsDigit(text[separator + 1]))
            return false;
        if (text[separator] is '.' or '．')
            return true;
        var before = separator;
        while (before > 0 && separator - before < 4 && char.IsDigit(text[before - 1]))
            before--;
        var after = separator + 1;
        while (after < text.Length && after - separator <= 4 && char.IsDigit(text[after]))
            after++;
        return separator - before <= 3 && after - separator == 4;
    }

    private static bool IsSeparator(char unit) => unit is '.' or '．' or ',' or '，';

    private static bool IsSpacedLetter(char character) =>
        char.IsLetter(character) && character is < '\u0530' or (>= '\u1E00' and < '\u2000') or (>= '\uFF21' and <= '\uFF5A');

    /// <summary>Category P, and every ASCII sign that is neither letter, digit nor space.</summary>
    public static bool IsPunctuation(Rune rune) => rune.IsAscii
        ? rune.Value is (>= 33 and <= 47) or (>= 58 and <= 64) or (>= 91 and <= 96) or (>= 123 and <= 126)
        : Rune.IsPunctuation(rune);
}
