namespace Edge.Trainer.Data.Augmentation;

/// <summary>English readings of numbers.</summary>
internal static class EnglishNumbers
{
    private static readonly string[] Small =
    [
        "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen",
        "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
    ];

    private static readonly string[] Tens = ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

    /// <summary>Digit by digit.</summary>
    public static string Digits(string digits) => string.Join(' ', digits.Select(digit => Small[digit - '0']));

    /// <summary>A number from 0 to 99.</summary>
    public static string Cardinal(int number) =>
        number < Small.Length ? Small[number] : number % 10 == 0 ? Tens[number / 10] : $"{Tens[number / 10]} {Small[number % 10]}";
}
