using System.Collections.Frozen;
using System.Globalization;

namespace Edge.Bundles.Masking;

/// <summary>
/// The forms in which one digit is written: ASCII, full width, other scripts' digits, Chinese (spoken, banker's, traditional), in
/// circles and brackets.
/// </summary>
internal static class DigitForms
{
    private const int FullWidthDistance = 'Ａ' - 'A';
    private const string Spoken = "零一二三四五六七八九";

    // Rows of the ten digits, or of 1 to 9 with a blank for the missing zero.
    private static readonly FrozenDictionary<char, string> Rows = new[]
    {
        "零壹贰叁肆伍陆柒捌玖", "零壹貳參肆伍陸柒捌玖", "⓪①②③④⑤⑥⑦⑧⑨", "⓿❶❷❸❹❺❻❼❽❾", " ➀➁➂➃➄➅➆➇➈", " ➊➋➌➍➎➏➐➑➒", " ⑴⑵⑶⑷⑸⑹⑺⑻⑼", " ⒈⒉⒊⒋⒌⒍⒎⒏⒐",
        " ㈠㈡㈢㈣㈤㈥㈦㈧㈨", " ㊀㊁㊂㊃㊄㊅㊆㊇㊈", "⁰¹²³⁴⁵⁶⁷⁸⁹", "₀₁₂₃₄₅₆₇₈₉",
    }.SelectMany(row => row.Where(digit => digit is not (' ' or '零')).Select(digit => (digit, row)))
        .DistinctBy(pair => pair.digit).ToFrozenDictionary(pair => pair.digit, pair => pair.row);

    /// <summary>Value of the digit at a place of a text, -1 where there is none; it is one or two units long.</summary>
    public static int ValueAt(string text, int at)
    {
        var character = text[at];
        if (char.IsAscii(character))
            return char.IsAsciiDigit(character) ? character - '0' : -1;
        return character switch
        {
            '〇' => 0,
            '幺' => 1,
            '两' or '兩' => 2,
            _ when Spoken.IndexOf(character) is var value and >= 0 => value,
            // Most Chinese text ends here, before the table of all digits is asked.
            >= '\u4E00' and <= '\u9FFF' => InRow(character),
            _ when char.IsDigit(text, at) => CharUnicodeInfo.GetDecimalDigitValue(text, at),
            _ when char.IsSurrogate(character) => -1,
            _ => InRow(character),
        };
    }

    /// <summary>A digit in the form of the one whose place it takes.</summary>
    /// <param name="original">One digit, one or two units long.</param>
    /// <param name="value">0 to 9.</param>
    public static string Like(ReadOnlySpan<char> original, int value)
    {
        var text = original.ToString();
        if (char.IsDigit(text, 0))
            return char.ConvertFromUtf32(char.ConvertToUtf32(text, 0) - CharUnicodeInfo.GetDecimalDigitValue(text, 0) + value);
        if (Rows.TryGetValue(original[0], out var row) && row[value] != ' ')
            return row[value].ToString();
        return (original[0], value) switch
        {
            ('〇', 0) => "〇",
            ('幺', 1) => "幺",
            _ when Spoken.Contains(original[0], StringComparison.Ordinal) || original[0] is '〇' or '幺' or '两' or '兩'
                => Spoken[value].ToString(),
            _ => value.ToString(CultureInfo.InvariantCulture),
        };
    }

    /// <summary>A letter (given as a capital) in the width and case of the one whose place it takes.</summary>
    public static char LetterLike(char original, char capital)
    {
        var folded = Fold(original);
        var letter = char.IsAsciiLetterLower(folded) ? char.ToLowerInvariant(capital) : capital;
        return folded == original ? letter : (char)(letter + FullWidthDistance);
    }

    /// <summary>A full-width sign as ASCII; others as they are.</summary>
    public static char Fold(char character) => character switch
    {
        >= '！' and <= '～' => (char)(character - FullWidthDistance),
        '\u3000' => ' ',
        _ => character,
    };

    private static int InRow(char character) => Rows.TryGetValue(character, out var row) ? row.IndexOf(character) : -1;
}
