using System.Text.RegularExpressions;
using PhoneNumbers;

namespace Edge.Bundles.Masking;

/// <summary>Telephone numbers. Numbers with a country code, and those of other countries, are judged by libphonenumber.</summary>
internal static partial class PhoneRules
{
    private const int International = 95, Mobile = 80, Landline = 75, American = 65, Spoken = 55, Said = 50;
    private const int LongestNumber = 15; // ITU-T E.164

    // In longer runs of digits nobody finds the start of a number, and asking the library at every digit would take long.
    private const int LongestChain = 40;

    // Where callers of a Chinese or English line come from, and numbers start with a 0.
    private static readonly string[] Regions =
        ["GB", "AU", "NZ", "IE", "ZA", "IN", "MY", "TW", "JP", "KR", "TH", "VN", "PH", "ID", "DE", "FR", "NL", "BE", "CH", "AT", "SE",
            "FI", "TR", "NG", "AE"];

    private static readonly PhoneNumberUtil Numbers = PhoneNumberUtil.GetInstance();

    /// <summary>Judges a number.</summary>
    public static Verdict Judge(in NumberCandidate candidate)
    {
        var digits = candidate.Digits;
        if (digits.Length > LongestNumber + 5 || IsDecimal(candidate))
            return default;
        if (IsHotline(candidate, digits))
            return new Verdict(null, Mobile - 1);
        var surety = Surety(candidate, digits);
        return surety == 0 ? default : new Verdict(PersonalDataKind.Phone, surety);
    }

    /// <summary>End of what follows a number as its extension (转8012, ext 12); the place itself where nothing does.</summary>
    public static int EndOfExtension(string text, int at)
    {
        foreach (var match in Extension().EnumerateMatches(text.AsSpan(at)))
            return at + match.Length;
        return at;
    }

    /// <summary>Digits of a country code that a number starts with, its 00 or 011 included; 0 where it has none.</summary>
    public static int CountryCodeLength(string digits, bool hasPlus)
    {
        var exit = hasPlus ? 0 : digits.StartsWith("011", StringComparison.Ordinal) ? 3
            : digits.StartsWith("00", StringComparison.Ordinal) ? 2 : 0;
        return (hasPlus || exit > 0) && Parse("+" + digits[exit..]) is { } number ? exit + $"{number.CountryCode}".Length : 0;
    }

    private static int Surety(in NumberCandidate candidate, ReadOnlySpan<char> digits)
    {
        var isSaid = candidate.Context == NumberContext.Phone;
        if (IsInternational(candidate, digits))
            return International;
        if (ChineseMobile().IsMatch(digits) && CanBeMobile(candidate, isSaid))
            return Mobile;
        if (candidate.LettersBefore is > 0 and < 3 || candidate.IsGluedBehind)
            return 0;
        if (ChineseLandline().IsMatch(digits) && (isSaid || candidate.ListSigns == 0 || candidate.FirstPart is 3 or 4))
            return Landline;
        var isQuantity = candidate.IsQuantity || IsDay(digits) || candidate.IsTimes;
        if (NorthAmerican().IsMatch(digits)
            && (isSaid || IsGroupedAmerican(candidate, digits.Length - 10)
                || (candidate is { IsSpoken: true, IsWhole: true } && !IsBehindCodeLetters(candidate))))
            return American;
        if (isSaid && digits.Length <= LongestNumber && !isQuantity)
            return Said;
        if (digits[0] == '0' && candidate.GroupCount > 1 && digits.Length is >= 9 and <= 11 && candidate.Chain.Places.Length <= LongestChain
            && IsValidSomewhere(digits.ToString()))
            return American;
        var isSpoken = SpokenNumber().IsMatch(digits) && candidate.Context != NumberContext.Harmless
            && candidate is { IsWhole: true, IsSpoken: true };
        return isSpoken && !isQuantity && !IsBehindCodeLetters(candidate) ? Spoken : 0;
    }

    // 400, 800 and North America's 800 to 888 belong to companies. 1877 may begin a Chinese mobile too.
    private static bool IsHotline(in NumberCandidate candidate, ReadOnlySpan<char> digits) =>
        Hotline().IsMatch(digits) && (digits[0] != '1' || candidate.StartsGroupAt(1));

    private static bool IsInternational(in NumberCandidate candidate, ReadOnlySpan<char> digits)
    {
        var before = candidate.Form.Text.AsSpan(0, candidate.Start).TrimEnd(" (");
        var hasPlus = before.Length > 0 && before[^1] == '+';
        if (!hasPlus && (candidate.LettersBefore > 0 || digits[0] != '0' || digits.Length < 11
            || candidate.Chain.Places.Length > LongestChain
            || !(digits[1] == '0' || digits.StartsWith("011"))))
            return false;
        var code = hasPlus ? digits : digits[1] == '0' ? digits[2..] : digits[3..];
        return code.Length is >= 8 and <= LongestNumber && Parse($"+{code}") is { } number
            && (Numbers.IsValidNumber(number) || (candidate.EndsChain && Numbers.IsPossibleNumber(number)));
    }

    private static bool CanBeMobile(in NumberCandidate candidate, bool isSaid)
    {
        if (isSaid)
            return true;
        if (candidate.IsGluedBehind ? candidate.LettersBefore > 0 : candidate.LettersBefore is > 0 and < 3)
            return false;
        // 13, 45, 67, 89, 123 is a list of things.
        return candidate.ListSigns <= 3 || candidate.IsDigitByDigit || candidate.FirstPart >= 3;
    }

    private static bool IsGroupedAmerican(in NumberCandidate candidate, int code) =>
        candidate.StartsGroupAt(code + 3) && candidate.StartsGroupAt(code + 6) && candidate.GroupCount <= 4;

    // 0.12345678901
    private static bool IsDecimal(in NumberCandidate candidate) =>
        candidate.GroupCount == 2 && candidate.GroupLength(0) == 1 && candidate.Form.Text[candidate.Start + 1] == '.';

    private static bool IsDay(ReadOnlySpan<char> digits) => Day().IsMatch(digits);

    // Codes are said as letters and digits: U 二九四二.
    private static bool IsBehindCodeLetters(in NumberCandidate candidate)
    {
        var before = candidate.Form.Text.AsSpan(0, candidate.Chain.Places[0]).TrimEnd(" -");
        var letters = before.Length - before.TrimEnd("abcdefghijklmnopqrstuvwxyz").Length;
        return letters is 1 or 2
            && before[^letters..] is not ("is" or "at" or "on" or "to" or "me" or "it" or "no" or "my" or "or" or "so" or "hi" or "ok");
    }

    private static bool IsValidSomewhere(string digits) => Array.Exists(Regions, region => IsValid(digits, region));

    private static bool IsValid(string digits, string region)
    {
        try
        {
            return Numbers.IsValidNumberForRegion(Numbers.Parse(digits, region), region);
        }
        catch (NumberParseException)
        {
            return false; // its way to say no
        }
    }

    private static PhoneNumber? Parse(string number)
    {
        try
        {
            return Numbers.Parse(number, "ZZ");
        }
        catch (NumberParseException)
        {
            return null; // its way to say no
        }
    }

    [GeneratedRegex("^(?:(?:00)?86|0)?1[3-9][0-9]{9}$", RegexOptions.CultureInvariant)]
    private static partial Regex ChineseMobile();

    [GeneratedRegex("^(?:(?:00)?860?|0)(?:10[1-9][0-9]{7}|2[0-9][1-9][0-9]{7}|[3-9][0-9]{2}[1-9][0-9]{6,7}|2[0-9][1-9][0-9]{6})$",
        RegexOptions.CultureInvariant)]
    private static partial Regex ChineseLandline();

    [GeneratedRegex("^1?[2-9][0-9]{2}[1-9][0-9]{6}$", RegexOptions.CultureInvariant)]
    private static partial Regex NorthAmerican();

    [GeneratedRegex("^(?:(?:86)?[48]00[0-9]{7}|1?8(?:00|33|44|55|66|77|88)[2-9][0-9]{6})$", RegexOptions.CultureInvariant)]
    private static partial Regex Hotline();

    // A number of the length of a mobile, or one digit more or less, or a local one, or a North American one misheard.
    [GeneratedRegex("^(?:1[3-9][0-9]{8,10}|[2-8][0-9]{6,7}|[2-9][0-9]{9})$", RegexOptions.CultureInvariant)]
    private static partial Regex SpokenNumber();

    [GeneratedRegex("^(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])$", RegexOptions.CultureInvariant)]
    private static partial Regex Day();

    [GeneratedRegex("^[ ,.~)]*(?:转接?(?:分机)?|分机号?(?:是)?|内线|ext(?:ension|n)?[.]?|x|#|-)[ ,.:~是]*[0-9](?:[ -]?[0-9]){0,5}(?![0-9])",
        RegexOptions.CultureInvariant)]
    private static partial Regex Extension();
}
