using System.Text.RegularExpressions;

namespace Edge.Bundles.Masking;

/// <summary>
/// Finds personal data. Where two rules claim the same characters, the one that is surer (earlier in the list) has them.
/// </summary>
internal static class PersonalDataDetector
{
    private static readonly (Regex Pattern, PersonalDataKind Kind)[] WithDigits =
    [
        (PersonalDataPatterns.Plate(), PersonalDataKind.Plate),
        (PersonalDataPatterns.BirthDate(), PersonalDataKind.BirthDate),
        (PersonalDataPatterns.Document(), PersonalDataKind.IdentityCard),
    ];

    private static readonly (Regex Pattern, PersonalDataKind Kind)[] BehindNumbers =
    [
        (PersonalDataPatterns.Account(), PersonalDataKind.Account),
        (PersonalDataPatterns.ChineseAddress(), PersonalDataKind.AddressNumber),
        (PersonalDataPatterns.EnglishAddress(), PersonalDataKind.AddressNumber),
        (PersonalDataPatterns.BritishPostcode(), PersonalDataKind.AddressNumber),
    ];

    /// <summary>Finds personal data.</summary>
    /// <param name="form">The text.</param>
    /// <returns>Ranges of the normal form, whole units, in text order, not overlapping.</returns>
    public static List<MaskedItem> Find(NormalForm form)
    {
        List<MaskedItem> items = [];
        var text = form.Text;
        FindEmails(text, items);
        if (text.AsSpan().ContainsAnyInRange('0', '9') || text.Contains('十', StringComparison.Ordinal))
        {
            Add(text, WithDigits, items);
            List<MaskedItem> numbers = [];
            NumberRules.Find(form, numbers);
            foreach (var number in numbers)
                AddFree(items, number);
            Add(text, BehindNumbers, items);
        }
        items.Sort((a, b) => a.Start.CompareTo(b.Start));
        return items;
    }

    private static void FindEmails(string text, List<MaskedItem> items)
    {
        if (text.Contains('@', StringComparison.Ordinal))
            Add(text, [(PersonalDataPatterns.Email(), PersonalDataKind.Email)], items);
        if (!text.Contains('点', StringComparison.Ordinal) && !text.Contains("dot", StringComparison.Ordinal)
            && !text.Contains('.', StringComparison.Ordinal))
            return;
        for (var match = PersonalDataPatterns.SpelledEmail().Match(text); match.Success; match = match.NextMatch())
        {
            var isSite = match.Groups["at"].Value == "at" && !PersonalDataPatterns.EmailContext().IsMatch(text.AsSpan(0, match.Index))
                && PersonalDataPatterns.SiteWords().IsMatch(match.Groups["local"].Value);
            if (!isSite)
                AddFree(items, new MaskedItem(PersonalDataKind.Email, match.Index, match.Index + match.Length));
        }
    }

    private static void Add(string text, (Regex Pattern, PersonalDataKind Kind)[] patterns, List<MaskedItem> items)
    {
        foreach (var (pattern, kind) in patterns)
        {
            foreach (var match in pattern.EnumerateMatches(text))
            {
                if (match.Length > 0)
                    AddFree(items, new MaskedItem(kind, match.Index, match.Index + match.Length));
            }
        }
    }

    private static void AddFree(List<MaskedItem> items, MaskedItem item)
    {
        if (!items.Exists(other => other.Start < item.End && item.Start < other.End))
            items.Add(item);
    }
}
