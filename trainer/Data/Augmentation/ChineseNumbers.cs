using System.Text;

namespace Edge.Trainer.Data.Augmentation;

/// <summary>Chinese readings of numbers.</summary>
internal static class ChineseNumbers
{
    /// <summary>Characters that make the digits before them a number of something.</summary>
    public const string Units = "元块个天月日号年钱万G兆M折件条次遍双份小分点周套寸斤层楼栋室单座";

    private const string Spoken = "零幺二三四五六七八九";
    private const string Written = "零一二三四五六七八九";

    /// <summary>Digit by digit, 1 as 幺: how codes and telephone numbers are said.</summary>
    public static string Digits(string digits) => string.Concat(digits.Select(digit => Spoken[digit - '0']));

    /// <summary>A number from 1 to 9999: 128 is 一百二十八.</summary>
    public static string Cardinal(int number)
    {
        var text = new StringBuilder();
        var zero = false;
        foreach (var (unit, name) in new[] { (1000, "千"), (100, "百"), (10, "十"), (1, "") })
        {
            var digit = number / unit % 10;
            if (digit == 0)
            {
                zero = text.Length > 0;
                continue;
            }

            if (zero) text.Append('零');
            zero = false;
            // 十二, not 一十二; but 一百一十二.
            if (!(unit == 10 && digit == 1 && text.Length == 0)) text.Append(Written[digit]);
            text.Append(name);
        }

        return text.ToString();
    }
}
