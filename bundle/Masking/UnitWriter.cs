namespace Edge.Bundles.Masking;

/// <summary>Writes a changed normal form back in the form of its source.</summary>
internal static class UnitWriter
{
    /// <summary>Writes one unit.</summary>
    /// <param name="source">What stands in the source.</param>
    /// <param name="form">How it is written.</param>
    /// <param name="normal">New characters of the normal form.</param>
    public static string Write(ReadOnlySpan<char> source, UnitForm form, ReadOnlySpan<char> normal) => form switch
    {
        UnitForm.Digit => Digit(source, normal[0]),
        UnitForm.Words => InCaseOf(source, NumberWords.Write(normal)),
        UnitForm.Repeat => Repeat(source, normal),
        // 十 that became a digit.
        _ when char.IsAsciiDigit(normal[0]) => DigitForms.Like("一", normal[0] - '0'),
        _ when char.IsAsciiLetter(normal[0]) => DigitForms.LetterLike(source[0], char.ToUpperInvariant(normal[0])).ToString(),
        _ => source.ToString(),
    };

    private static string Digit(ReadOnlySpan<char> source, char digit)
    {
        var length = char.IsHighSurrogate(source[0]) ? 2 : 1;
        // 洞, 拐 and 勾 are no row of digits.
        var written = source[0] is '洞' or '拐' or '勾' ? DigitForms.Like("一", digit - '0') : DigitForms.Like(source[..length], digit - '0');
        return written + source[length..].ToString(); // a keycap's frame
    }

    private static string Repeat(ReadOnlySpan<char> source, ReadOnlySpan<char> normal)
    {
        var isOneDigit = !normal.ContainsAnyExcept(normal[0]);
        if (char.IsAsciiLetter(DigitForms.Fold(source[0])))
        {
            var times = source[..source.IndexOfAny(" \t-\u00A0")];
            return isOneDigit ? $"{times} {InCaseOf(times, NumberWords.Write(normal[..1]))}" : InCaseOf(times, NumberWords.Write(normal));
        }
        var one = source[^1..].ToString();
        return isOneDigit
            ? source[..^1].ToString() + DigitForms.Like(one, normal[0] - '0')
            : string.Concat(normal.ToArray().Select(digit => DigitForms.Like(one, digit - '0')));
    }

    private static string InCaseOf(ReadOnlySpan<char> source, string word)
    {
        if (!char.IsAsciiLetterUpper(source[0]))
            return word;
        return source.Length > 1 && char.IsAsciiLetterUpper(source[1]) ? word.ToUpperInvariant()
            : char.ToUpperInvariant(word[0]) + word[1..];
    }
}
