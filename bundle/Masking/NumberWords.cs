using System.Collections.Frozen;

namespace Edge.Bundles.Masking;

/// <summary>English words of digits, and what callers say between them.</summary>
internal static class NumberWords
{
    private static readonly string[] Small =
    [
        "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen",
        "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
    ];

    private static readonly string[] Tens = ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

    /// <summary>Digits that a word stands for.</summary>
    public static FrozenDictionary<string, string> Digits { get; } =
        Small.Select((word, value) => (word, $"{value}"))
            .Concat(Tens.Skip(2).Select((word, tens) => (word, $"{tens + 2}0")))
            .Concat([("nought", "0"), ("naught", "0"), ("niner", "9"), ("fourty", "40")])
            .ToFrozenDictionary(pair => pair.Item1, pair => pair.Item2);

    /// <summary>How often the digit behind a word stands there.</summary>
    public static FrozenDictionary<string, int> Repeats { get; } =
        new Dictionary<string, int> { ["double"] = 2, ["triple"] = 3, ["treble"] = 3, ["quadruple"] = 4 }.ToFrozenDictionary();

    /// <summary>What is said between digits, as the sign that stands for it in a normal form.</summary>
    public static FrozenDictionary<string, char> Between { get; } = new Dictionary<string, char>
    {
        ["um"] = NormalForm.Filler, ["uh"] = NormalForm.Filler, ["er"] = NormalForm.Filler, ["erm"] = NormalForm.Filler,
        ["uhm"] = NormalForm.Filler, ["hmm"] = NormalForm.Filler, ["mm"] = NormalForm.Filler, ["ah"] = NormalForm.Filler,
        ["space"] = NormalForm.Filler, ["dash"] = '-', ["hyphen"] = '-', ["plus"] = '+',
    }.ToFrozenDictionary();

    /// <summary>Writes digits as words: two as a cardinal where they can be one, others one by one.</summary>
    public static string Write(ReadOnlySpan<char> digits)
    {
        if (digits is [var tens and not '0', var ones])
        {
            var number = ((tens - '0') * 10) + ones - '0';
            return number < Small.Length ? Small[number] : ones == '0' ? Tens[number / 10] : $"{Tens[number / 10]} {Small[ones - '0']}";
        }
        if (digits is [var hundreds and not '0', '0', '0'])
            return $"{Small[hundreds - '0']} hundred";
        return string.Join(' ', digits.ToArray().Select(digit => Small[digit - '0']));
    }
}
