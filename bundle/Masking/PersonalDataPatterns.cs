using System.Text.RegularExpressions;

namespace Edge.Bundles.Masking;

/// <summary>
/// How personal data is written, in folded text (<see cref="DigitForms.Fold(string)"/>). Repetitions are bounded, or start only
/// where the character before ends them, so that long input costs linear time.
/// </summary>
internal static partial class PersonalDataPatterns
{
    [GeneratedRegex(@"(?<![A-Za-z0-9])[A-Za-z0-9][A-Za-z0-9._%+-]{0,63}@(?:[A-Za-z0-9-]{1,63}\.){1,8}[A-Za-z]{2,24}(?![A-Za-z0-9-])",
        RegexOptions.CultureInvariant)]
    public static partial Regex Email();

    // Region, date of birth, serial, check character; single spaces or dashes may stand between.
    [GeneratedRegex(
        @"(?<![0-9A-Za-z])[1-9](?:[ -]?[0-9]){5}[ -]?(?:1[ -]?[89]|2[ -]?0)(?:[ -]?[0-9]){2}[ -]?(?:0[ -]?[1-9]|1[ -]?[0-2])[ -]?"
        + @"(?:0[ -]?[1-9]|[12][ -]?[0-9]|3[ -]?[01])(?:[ -]?[0-9]){3}[ -]?[0-9Xx](?![0-9A-Za-z])",
        RegexOptions.CultureInvariant)]
    public static partial Regex IdentityCard();

    // In one piece, in fours, or as American Express groups them. Which of these is a card is decided by its digits.
    [GeneratedRegex(
        @"(?<![0-9A-Za-z])(?:[2-69][0-9]{14,18}|[2-69][0-9]{3}(?:[ -][0-9]{4}){3}(?:[ -]?[0-9]{1,3})?|3[47][0-9]{2}[ -][0-9]{6}[ -][0-9]{5})(?![0-9A-Za-z])",
        RegexOptions.CultureInvariant)]
    public static partial Regex BankCard();

    // GA 36: province, office, then 5 places (at least 2 digits; the last may name a use), or 6 for new energy.
    [GeneratedRegex(
        @"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼使领][A-Za-z][ ·•.-]?"
        + @"(?:[DFdf][A-HJ-NP-Za-hj-np-z0-9][0-9]{4}|[0-9]{5}[DFdf]"
        + @"|(?=(?:[A-Za-z]{0,3}[0-9]){2})[A-HJ-NP-Za-hj-np-z0-9]{4}[A-HJ-NP-Za-hj-np-z0-9挂学警港澳])(?![A-Za-z0-9])",
        RegexOptions.CultureInvariant)]
    public static partial Regex Plate();

    [GeneratedRegex(@"(?<![0-9+])(?:\+?86[ -]?)?1[ -]?[3-9](?:[ -]?[0-9]){9}(?![0-9])", RegexOptions.CultureInvariant)]
    public static partial Regex Mobile();

    [GeneratedRegex(@"(?<![0-9A-Za-z])(?:\(0[1-9][0-9]{1,2}\)|0[1-9][0-9]{1,2})[ -]?[1-9][0-9]{2,3}[ -]?[0-9]{4}(?![0-9A-Za-z])",
        RegexOptions.CultureInvariant)]
    public static partial Regex Landline();

    // North American Numbering Plan: neither area nor exchange starts with 0 or 1.
    [GeneratedRegex(@"(?<![0-9A-Za-z])(?:\+?1[ .-]?)?(?:\([2-9][0-9]{2}\) ?|[2-9][0-9]{2}[ .-])[2-9][0-9]{2}[ .-][0-9]{4}(?![0-9A-Za-z])",
        RegexOptions.CultureInvariant)]
    public static partial Regex UnitedStates();

    // ITU-T E.164: + and up to 15 digits.
    [GeneratedRegex(@"(?<![0-9A-Za-z+])\+[1-9](?:[ -]?[0-9]){7,14}(?![0-9A-Za-z])", RegexOptions.CultureInvariant)]
    public static partial Regex International();

    // Bare local numbers are told from order numbers only by what was said before them.
    [GeneratedRegex(
        @"(?<=(?:电话|座机|固话|手机|号码|联系方式|打给|phone|cell|mobile|call(?: me)?(?: back)?(?: at| on)?|telephone)(?: number)?(?: is)?[是:为 ]{0,3})"
        + @"[2-9][0-9]{2}-?[0-9]{4,7}(?![0-9A-Za-z-])",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    public static partial Regex LocalNumber();

    [GeneratedRegex(@"(?<![0-9A-Za-z零〇幺一二两三四五六七八九])[0-9零〇幺一二两三四五六七八九](?:[ -]?[0-9零〇幺一二两三四五六七八九]){6,}(?:[ -]?[Xx])?(?![0-9A-Za-z零〇幺一二两三四五六七八九])", RegexOptions.CultureInvariant)]
    public static partial Regex SpokenDigits();

    // 号 alone is as often a day or a number in a queue: it needs a street before it, or a building behind it.
    [GeneratedRegex(
        @"(?<![0-9A-Za-z.月第零〇一二两三四五六七八九十百])(?:[0-9]{1,5}|[零〇一二两三四五六七八九十百]{1,5})(?=[A-Za-z]? ?(?:室|栋|幢|单元|号楼|号院|号门|弄|楼(?!上|下|主|市|盘|梯)))"
        + @"|(?<=(?:路|街|道|巷|胡同|村|弄|里|庄|园|苑|小区|新村) ?)(?:[0-9]{1,5}|[零〇一二两三四五六七八九十百]{1,5})(?=[A-Za-z]? ?号(?!线))",
        RegexOptions.CultureInvariant)]
    public static partial Regex ChineseAddress();

    [GeneratedRegex(
        @"(?<![0-9A-Za-z.$-])[0-9]{1,5}(?= (?:(?!(?:on|in|by|from|to|my|at|of|for|the|an?|this|that|down|days?|hours?|minutes?|miles?|blocks?|times?)\b)[A-Za-z]{1,20}\.? ){1,2}"
        + @"(?:street|st|avenue|ave|road|rd|boulevard|blvd|lane|ln|drive|dr|highway|hwy)\b)"
        + @"|(?<=\b(?:apt|apartment|suite|room|flat)\.? ?#? ?)[0-9]{1,5}(?![0-9A-Za-z])",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    public static partial Regex EnglishAddress();
}
