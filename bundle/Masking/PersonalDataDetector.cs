using System.Text.RegularExpressions;

namespace Edge.Bundles.Masking;

/// <summary>
/// Finds personal data. Where two patterns claim the same characters, the one that is surer (earlier in the list) has them.
/// </summary>
internal static class PersonalDataDetector
{
    private static readonly (Regex Pattern, Func<string, PersonalDataKind?> Classify)[] Patterns =
    [
        (PersonalDataPatterns.Email(), _ => PersonalDataKind.Email),
        (PersonalDataPatterns.IdentityCard(), _ => PersonalDataKind.IdentityCard),
        (PersonalDataPatterns.BankCard(), found => IsBankCard(DigitsOf(found)) ? PersonalDataKind.BankCard : null),
        (PersonalDataPatterns.Plate(), _ => PersonalDataKind.Plate),
        (PersonalDataPatterns.Mobile(), _ => PersonalDataKind.Phone),
        (PersonalDataPatterns.Landline(), _ => PersonalDataKind.Phone),
        (PersonalDataPatterns.UnitedStates(), _ => PersonalDataKind.Phone),
        (PersonalDataPatterns.International(), _ => PersonalDataKind.Phone),
        (PersonalDataPatterns.LocalNumber(), _ => PersonalDataKind.Phone),
        (PersonalDataPatterns.SpokenDigits(), ClassifySpoken),
        (PersonalDataPatterns.ChineseAddress(), _ => PersonalDataKind.AddressNumber),
        (PersonalDataPatterns.EnglishAddress(), _ => PersonalDataKind.AddressNumber),
    ];

    public static List<MaskedItem> Find(string text)
    {
        var folded = DigitForms.Fold(text);
        List<MaskedItem> items = [];
        foreach (var (pattern, classify) in Patterns)
        {
            foreach (var match in pattern.EnumerateMatches(folded))
            {
                var (start, end) = (match.Index, match.Index + match.Length);
                if (!items.Exists(item => item.Start < end && start < item.End) && classify(folded[start..end]) is { } kind)
                    items.Add(new MaskedItem(kind, start, end));
            }
        }

        items.Sort((a, b) => a.Start.CompareTo(b.Start));
        return items;
    }

    public static int[] DigitsOf(string text) => [.. text.Select(DigitForms.ValueOf).Where(value => value >= 0)];

    private static bool IsBankCard(int[] digits)
    {
        var isUnionPay = digits is [6, 2, ..] && digits.Length >= 16;
        var isAmericanExpress = digits is [3, 4 or 7, ..];
        return isUnionPay || ((digits.Length >= 16 || isAmericanExpress) && CheckDigits.Luhn(digits) == 0);
    }

    private static PersonalDataKind? ClassifySpoken(string found)
    {
        if (found.All(character => char.IsAscii(character)))
            return null;
        var digits = DigitsOf(found);
        var written = string.Concat(digits) + (found[^1] is 'X' or 'x' ? "X" : "");
        if (PersonalDataPatterns.IdentityCard().IsMatch(written))
            return PersonalDataKind.IdentityCard;
        return digits.Length is >= 15 and <= 19 && IsBankCard(digits) ? PersonalDataKind.BankCard : PersonalDataKind.Phone;
    }
}
