using System.Globalization;

namespace Edge.Bundles.Masking;

/// <summary>The forms in which digits and letters are written: ASCII, full width, other scripts' digits, spoken Chinese.</summary>
internal static class DigitForms
{
    private const int FullWidthDistance = 'Ａ' - 'A';
    private const string Spoken = "零一二三四五六七八九";

    /// <summary>The text with full-width signs and other scripts' digits as ASCII; the same length.</summary>
    public static string Fold(string text) => string.Create(text.Length, text, static (folded, text) =>
    {
        for (var i = 0; i < text.Length; i++)
            folded[i] = Fold(text[i]);
    });

    /// <summary>Value of a digit in any form, spoken ones too; -1 for others.</summary>
    public static int ValueOf(char character) => character switch
    {
        '〇' => 0,
        '幺' => 1,
        '两' => 2,
        _ when Spoken.IndexOf(character) is var value and >= 0 => value,
        _ => DecimalValueOf(character),
    };

    /// <summary>A digit in the form of the one whose place it takes.</summary>
    public static char DigitLike(char original, int value)
    {
        var own = DecimalValueOf(original);
        if (own >= 0)
            return (char)(original - own + value);
        return (original, value) switch
        {
            ('〇', 0) => '〇',
            ('幺', 1) => '幺',
            _ => Spoken[value],
        };
    }

    /// <summary>A letter (given as a capital) in the width and case of the one whose place it takes.</summary>
    public static char LetterLike(char original, char capital)
    {
        var folded = Fold(original);
        var letter = char.IsAsciiLetterLower(folded) ? char.ToLowerInvariant(capital) : capital;
        return folded == original ? letter : (char)(letter + FullWidthDistance);
    }

    /// <summary>One character folded.</summary>
    public static char Fold(char character) => character switch
    {
        >= '！' and <= '～' => (char)(character - FullWidthDistance),
        '\u3000' => ' ',
        > '\u007F' when DecimalValueOf(character) is var value and >= 0 => (char)('0' + value),
        _ => character,
    };

    // Category Nd only: its digits stand in rows from 0 to 9. Superscripts have a value too, but no such row.
    private static int DecimalValueOf(char character) =>
        char.IsDigit(character) ? CharUnicodeInfo.GetDecimalDigitValue(character) : -1;
}
