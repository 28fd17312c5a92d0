using System.Globalization;

namespace Edge.Bundle.Tests.Masking;

/// <summary>Writes digits in the forms that people and speech recognition use.</summary>
internal static class DigitWriter
{
    private static readonly string[] Words = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];

    /// <summary>Forms for Chinese texts.</summary>
    public static (string Name, Func<string, string> Write)[] Chinese { get; } =
    [
        ("ascii", group => group),
        ("full width", group => Row(group, "０１２３４５６７８９")),
        ("spoken", group => Row(group, "零幺二三四五六七八九")),
        ("read", group => Row(group, "〇一二三四五六七八九")),
        ("spoken with 两", group => Row(group, "零一两三四五六七八九")),
        ("half spoken", group => Row(group[..(group.Length / 2)], "零幺二三四五六七八九") + group[(group.Length / 2)..]),
        ("banker's", group => Row(group, "零壹贰叁肆伍陆柒捌玖")),
        ("repeats", group => Repeats(Row(group, "零幺二三四五六七八九"), (times, digit) => $"{"零一二三四五六"[times]}个{digit}")),
        ("circled", group => Row(group, "⓪①②③④⑤⑥⑦⑧⑨")),
        ("keycaps", group => string.Concat(group.Select(digit => $"{digit}\uFE0F\u20E3"))),
    ];

    /// <summary>Forms for English texts.</summary>
    public static (string Name, Func<string, string> Write)[] English { get; } =
    [
        ("ascii", group => group),
        ("words", group => string.Join(' ', group.Select(digit => Words[digit - '0']))),
        ("oh", group => string.Join(' ', group.Select(digit => digit == '0' ? "oh" : Words[digit - '0']))),
        ("double", group => Repeats(group, (times, digit) => times is 2 or 3 ? $" {(times == 2 ? "double" : "triple")} {digit} "
            : new string(digit, times))
            is var marked ? string.Join(' ', marked.Split(' ', StringSplitOptions.RemoveEmptyEntries).SelectMany(Spell)) : ""),
        ("capitals", group => string.Join(' ', group.Select(digit =>
            CultureInfo.InvariantCulture.TextInfo.ToTitleCase(Words[digit - '0'])))),
        ("Arabic-Indic", group => Row(group, "٠١٢٣٤٥٦٧٨٩")),
    ];

    private static IEnumerable<string> Spell(string part) =>
        part.All(char.IsAsciiDigit) ? part.Select(digit => Words[digit - '0']) : [part];

    private static string Row(string group, string row) => string.Concat(group.Select(sign => char.IsAsciiDigit(sign) ? row[sign - '0']
        : sign));

    private static string Repeats(string text, Func<int, char, string> write)
    {
        var result = "";
        for (var at = 0; at < text.Length;)
        {
            var end = at;
            while (end < text.Length && text[end] == text[at])
                end++;
            result += end - at is 2 or 3 && text[at] != ' ' ? write(end - at, text[at]) : text[at..end];
            at = end;
        }
        return result;
    }
}
