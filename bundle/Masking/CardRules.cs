using System.Text.RegularExpressions;

namespace Edge.Bundles.Masking;

/// <summary>Identity documents and bank cards.</summary>
internal static partial class CardRules
{
    private const int Checked = 100, Formed = 70, Said = 50;

    /// <summary>Judges a number.</summary>
    public static Verdict Judge(in NumberCandidate candidate)
    {
        var digits = candidate.Digits;
        if (digits.Length is 9 or 15 or 17 or 18 && Identity(candidate, digits) is var identity and > 0)
            return new Verdict(PersonalDataKind.IdentityCard, identity);
        if (digits.Length is >= 12 and <= 19 && Bank(candidate, digits) is var bank and > 0)
            return new Verdict(PersonalDataKind.BankCard, bank);
        return default;
    }

    /// <summary>Place of the X that 17 digits of an identity card end in; -1 where there is none.</summary>
    public static int CheckCharacterBehind(in NumberCandidate candidate)
    {
        var (text, at) = (candidate.Form.Text, candidate.Stop);
        if (candidate.Length != 17)
            return -1;
        while (at < text.Length && at < candidate.Stop + 3 && text[at] is ' ' or '-' or '.' or ',' or NormalForm.Filler)
            at++;
        return at < text.Length && text[at] is 'x' or '叉'
            && (at + 1 == text.Length || !char.IsAsciiLetter(text[at + 1]) || at == candidate.Stop)
            ? at
            : -1;
    }

    /// <summary>End of the expiry date that may stand behind a card's number; the place itself where none does.</summary>
    public static int EndOfExpiry(string text, int at)
    {
        foreach (var match in Expiry().EnumerateMatches(text.AsSpan(at)))
            return at + match.Length;
        return at;
    }

    private static int Identity(in NumberCandidate candidate, ReadOnlySpan<char> digits)
    {
        var isSaid = candidate.Context == NumberContext.Identity;
        if (digits.Length == 9)
            return IsSocialSecurity(candidate) && candidate.Context is NumberContext.None or NumberContext.Identity ? Formed : 0;
        if (digits.Length == 15)
            return isSaid && IsMonthAndDay(digits[8..12]) ? Formed : 0;
        if (digits.Length == 17 && CheckCharacterBehind(candidate) < 0)
            return 0;
        if (!IsRegion(digits) || !IsDate(digits[6..14]))
            return 0;
        var check = CheckDigits.IdentityCheck(digits);
        if (digits.Length == 17 ? check == 10 : check == digits[17] - '0')
            return Checked;
        // Misheard: the form is enough, unless something else says what it is.
        var isAlone = candidate.LettersBefore == 0 && !candidate.IsGluedBehind
            && candidate.Context is not (NumberContext.Order or NumberContext.Harmless);
        return isSaid || isAlone ? Formed : 0;
    }

    private static int Bank(in NumberCandidate candidate, ReadOnlySpan<char> digits)
    {
        if (candidate.Context == NumberContext.Order || candidate.IsQuantity)
            return 0;
        if (candidate is { IsDigitByDigit: true, IsWhole: false })
            return 0;
        var isSaid = candidate.Context == NumberContext.Card && candidate.LettersBefore is not (1 or 2);
        if (!isSaid && (candidate.LettersBefore > 0 || candidate.IsGluedBehind) && !IsInFours(candidate))
            return 0;
        var isRight = CheckDigits.Luhn(digits) == 0;
        if (isRight && ((digits.Length >= 16 && IsCardPrefix(digits))
            || (digits.Length == 15 && digits[0] == '3' && digits[1] is '4' or '7')))
            return Checked - 10;
        if (digits.Length >= 16 && digits.StartsWith("62") && (candidate.EndsChain || IsInFours(candidate)))
            return Checked - 10;
        return isSaid ? isRight ? Formed : Said : 0;
    }

    // ISO/IEC 7812: banking and travel; of 2 Mastercard's range, of 9 what older cards of ICBC have.
    private static bool IsCardPrefix(ReadOnlySpan<char> digits) =>
        digits[0] is >= '3' and <= '6'
        || (digits[0] == '2' && digits[..4].SequenceCompareTo("2221") >= 0 && digits[..4].SequenceCompareTo("2720") <= 0)
        || digits.StartsWith("9558");

    private static bool IsInFours(in NumberCandidate candidate)
    {
        for (var group = 0; group < candidate.GroupCount - 1; group++)
        {
            if (candidate.GroupLength(group) != 4)
                return false;
        }
        return candidate.GroupCount >= 4;
    }

    // United States: 3, 2 and 4 digits.
    private static bool IsSocialSecurity(in NumberCandidate candidate) =>
        candidate.GroupCount == 3 && candidate.GroupLength(0) == 3 && candidate.GroupLength(1) == 2 && candidate.GroupLength(2) == 4
        && candidate.Form.Text[candidate.Start + 3] == '-';

    private static bool IsRegion(ReadOnlySpan<char> digits) =>
        int.Parse(digits[..2]) is >= 11 and <= 15 or >= 21 and <= 23 or >= 31 and <= 37
        or >= 41 and <= 46 or >= 50 and <= 54 or >= 61 and <= 65 or 71 or 81 or 82 or 83;

    private static bool IsDate(ReadOnlySpan<char> digits) => digits[..2] is "18" or "19" or "20" && IsMonthAndDay(digits[4..]);

    private static bool IsMonthAndDay(ReadOnlySpan<char> digits) =>
        int.Parse(digits[..2]) is >= 1 and <= 12 && int.Parse(digits[2..4]) is >= 1 and <= 31;

    [GeneratedRegex("^[ ,~]{0,3}(?:0[1-9]|1[0-2]) ?/ ?[0-9]{2}(?![0-9/])", RegexOptions.CultureInvariant)]
    private static partial Regex Expiry();
}
