using System.Globalization;
using System.Text;

namespace Edge.Bundles.Masking;

/// <summary>Makes the normal form of a text, in one pass from left to right.</summary>
internal sealed class Normalizer
{
    private const string Dashes = "-‐‑‒–—―−﹣－ーｰ", Dots = ".．•・‧｡", Commas = ",，、﹐､", Opening = "([{（【［｛〔〈《「『〖", Closing = ")]}）】］｝〕〉》」』〗";
    private const string ChineseFillers = "嗯呃啊额哦噢喔诶唉哎嘛哈呐";
    private const string ChineseDashes = "杠槓";

    // Said for 0, 7 and 9 over bad lines; words of their own elsewhere.
    private const string RadioDigits = "洞拐勾";

    private readonly string _source;
    private readonly StringBuilder _text;
    private readonly List<NormalUnit> _units;
    private int _at;

    private Normalizer(string source) =>
        (_source, _text, _units) = (source, new StringBuilder(source.Length), new List<NormalUnit>(source.Length));

    /// <summary>Makes the normal form.</summary>
    public static NormalForm Normalize(string text)
    {
        var made = new Normalizer(text);
        while (made._at < text.Length)
            made.Next();
        return new NormalForm(text, made._text.ToString(), made._units);
    }

    private void Next()
    {
        var character = DigitForms.Fold(_source[_at]);
        if (char.IsAsciiLetter(character))
            Word();
        else if (DigitForms.ValueAt(_source, _at) is var value and >= 0)
            Digit(value);
        else if (character is '个' or '個' && TryRepeat())
            return;
        else if (RadioDigits.IndexOf(character) is var radio and >= 0 && IsBetweenDigits(1))
            Add(1, radio == 0 ? '0' : radio == 1 ? '7' : '9', UnitForm.Digit);
        else if (char.IsWhiteSpace(character))
            Add(RunOf(char.IsWhiteSpace), ' ');
        else if (char.GetUnicodeCategory(character)
            is UnicodeCategory.Format or UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark)
            _at++; // invisible
        else
            Sign(character);
    }

    private void Sign(char character)
    {
        if (ChineseFillers.Contains(character, StringComparison.Ordinal))
            Add(RunOf(other => ChineseFillers.Contains(other, StringComparison.Ordinal)), NormalForm.Filler);
        else if ((StartsWith("那个") || StartsWith("就是") || StartsWith("然后") || StartsWith("接着") || StartsWith("空格")) && IsBetweenDigits(2))
            Add(2, NormalForm.Filler);
        else if (character == '的' && IsBetweenDigits(1))
            Add(1, NormalForm.Filler);
        else if (character is '横' or '短' && _at + 1 < _source.Length && ChineseDashes.Contains(_source[_at + 1], StringComparison.Ordinal))
            Add(2, '-');
        else if (character == '加' && IsCountryCode(_at + 1))
            Add(1, '+');
        else
            Add(char.IsHighSurrogate(character) && _at + 1 < _source.Length && char.IsLowSurrogate(_source[_at + 1]) ? 2 : 1,
                FoldSign(character));
    }

    private static char FoldSign(char character) => character switch
    {
        _ when char.IsAscii(character) && character is not ('[' or ']' or '{' or '}') => character,
        _ when Dashes.Contains(character, StringComparison.Ordinal) || ChineseDashes.Contains(character, StringComparison.Ordinal) => '-',
        _ when Dots.Contains(character, StringComparison.Ordinal) => '.',
        _ when Commas.Contains(character, StringComparison.Ordinal) => ',',
        _ when Opening.Contains(character, StringComparison.Ordinal) => '(',
        _ when Closing.Contains(character, StringComparison.Ordinal) => ')',
        // The normal form has one character for each unit, whatever it is.
        _ when char.IsSurrogate(character) => '\uFFFD',
        _ => character,
    };

    private void Digit(int value)
    {
        var length = char.IsHighSurrogate(_source[_at]) ? 2 : 1;
        // Keycaps: the digit, a variation selector, the frame.
        if (_at + length < _source.Length && _source[_at + length] == '\uFE0F')
            length++;
        if (_at + length < _source.Length && _source[_at + length] == '\u20E3')
            length++;
        Add(length, (char)('0' + value), UnitForm.Digit);
    }

    // 三个八 is 888 among other digits; 三个12元的 is not: a number follows, not a digit.
    private bool TryRepeat()
    {
        if (_units.Count == 0 || _units[^1] is not { Form: UnitForm.Digit } count || count.End != _at || _at + 1 >= _source.Length)
            return false;
        var (times, digit) = (_text[^1] - '0', DigitForms.ValueAt(_source, _at + 1));
        if (times is < 2 or > 6 || digit < 0 || char.IsHighSurrogate(_source[_at + 1]))
            return false;
        var isAmongDigits = _units.Count > 1 && IsDigitOrGap(_text[^2]) && EndsInDigit(_text.Length - 1);
        var isOneDigit = _at + 2 < _source.Length && DigitForms.ValueAt(_source, _at + 2) >= 0 && !char.IsAsciiDigit(_source[_at + 1]);
        if (!isAmongDigits && !isOneDigit)
            return false;
        _text.Length--;
        _units.RemoveAt(_units.Count - 1);
        _text.Append((char)('0' + digit), times);
        _units.Add(new NormalUnit(count.Start, _at + 2, count.At, times, UnitForm.Repeat));
        _at += 2;
        return true;
    }

    private void Word()
    {
        var end = EndOfWord(_at);
        var word = WordAt(_at, end);
        if (NumberWords.Digits.TryGetValue(word, out var digits))
            Number(digits, end);
        else if (NumberWords.Between.TryGetValue(word, out var sign) && word.Length > 1)
            Add(end - _at, sign);
        else if (NumberWords.Repeats.TryGetValue(word, out var times) && DigitWordBehind(end) is { Digits.Length: 1 } repeated)
            AddDigits(repeated.End, new string(repeated.Digits[0], times), UnitForm.Repeat);
        else if (word is "o" or "oh" && (EndsInDigit(_text.Length) || DigitWordBehind(end) is not null) && !IsGlued(end))
            AddDigits(end, "0", UnitForm.Words);
        else
            Letters(end);
    }

    private void Number(string digits, int end)
    {
        var behind = DigitWordBehind(end);
        if (digits.Length == 2 && digits[0] >= '2' && digits[1] == '0' && behind is { Digits: [not '0'] } ones)
            AddDigits(ones.End, $"{digits[0]}{ones.Digits}", UnitForm.Words);
        else if (digits is [not '0'] && SkipSpace(end) is var next && next > end && EndOfWord(next) is var last
            && WordAt(next, last) == "hundred")
            AddDigits(last, $"{digits}00", UnitForm.Words);
        else
            AddDigits(end, digits, UnitForm.Words);
    }

    // The next word, where it is one of digits.
    private (string Digits, int End)? DigitWordBehind(int end)
    {
        var start = SkipSpace(end);
        if (start == end)
            return null;
        var last = EndOfWord(start);
        var word = WordAt(start, last);
        if (word is "o" or "oh")
            return ("0", last);
        return NumberWords.Digits.TryGetValue(word, out var digits) ? (digits, last) : null;
    }

    private void Letters(int end)
    {
        for (; _at < end;)
            Add(1, char.ToLowerInvariant(DigitForms.Fold(_source[_at])));
    }

    private void Add(int length, char normal, UnitForm form = UnitForm.Other)
    {
        _units.Add(new NormalUnit(_at, _at + length, _text.Length, 1, form));
        _text.Append(normal);
        _at += length;
    }

    private void AddDigits(int end, string digits, UnitForm form)
    {
        _units.Add(new NormalUnit(_at, end, _text.Length, digits.Length, form));
        _text.Append(digits);
        _at = end;
    }

    private int RunOf(Func<char, bool> isOne)
    {
        var end = _at + 1;
        while (end < _source.Length && isOne(_source[end]))
            end++;
        return end - _at;
    }

    private int EndOfWord(int start)
    {
        var end = start;
        while (end < _source.Length && end < start + LongestWord && char.IsAsciiLetter(DigitForms.Fold(_source[end])))
            end++;
        return end;
    }

    // Longer than all number words: a run of letters is read in pieces of this length, and none of them is a number word.
    private const int LongestWord = 64;

    private string WordAt(int start, int end) => end - start is 0 or > 12
        ? ""
        : string.Create(end - start, (_source, start), static (word, from) =>
        {
            for (var i = 0; i < word.Length; i++)
                word[i] = char.ToLowerInvariant(DigitForms.Fold(from._source[from.start + i]));
        });

    private int SkipSpace(int at)
    {
        while (at < _source.Length && (_source[at] is ' ' or '\t' or '-' or '\u00A0'))
            at++;
        return at;
    }

    private bool IsGlued(int end) =>
        (_units.Count > 0 && _units[^1] is { Form: UnitForm.Digit } last && last.End == _at)
        || (end < _source.Length && DigitForms.ValueAt(_source, end) >= 0);

    private bool IsBetweenDigits(int length) =>
        EndsInDigit(_text.Length) && NextVisible(_at + length) is var next && next < _source.Length
        && (DigitForms.ValueAt(_source, next) >= 0 || RadioDigits.Contains(_source[next], StringComparison.Ordinal));

    private int NextVisible(int at)
    {
        while (at < _source.Length && (char.IsWhiteSpace(_source[at]) || ChineseFillers.Contains(_source[at], StringComparison.Ordinal)))
            at++;
        return at;
    }

    // Whether a digit stands before a place of the normal form, over separators and fillers.
    private bool EndsInDigit(int end)
    {
        for (var at = end - 1; at >= 0 && at >= end - 3; at--)
        {
            if (char.IsAsciiDigit(_text[at]))
                return true;
            if (!IsDigitOrGap(_text[at]))
                return false;
        }
        return false;
    }

    private static bool IsDigitOrGap(char normal) => char.IsAsciiDigit(normal) || normal is ' ' or '-' or '.' or ',' or NormalForm.Filler;

    private bool StartsWith(string word) => string.CompareOrdinal(_source, _at, word, 0, word.Length) == 0;

    // 加八六一三八...: plus, said before a country code.
    private bool IsCountryCode(int at) =>
        at + 1 < _source.Length && DigitForms.ValueAt(_source, at) == 8 && DigitForms.ValueAt(_source, at + 1) == 6;
}
