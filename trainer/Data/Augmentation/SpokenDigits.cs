using System.Text;

namespace Edge.Trainer.Data.Augmentation;

/// <summary>Writes digits as callers say them: numbers of things as numbers (59元: 五十九元), codes digit by digit (U2942: U二九四二).</summary>
internal sealed class SpokenDigits
{
    private readonly bool _chinese;
    private readonly bool _english;

    private SpokenDigits(string language) =>
        (_chinese, _english) = (LanguageTag.IsChinese(language), LanguageTag.Primary(language) == "en");

    /// <summary>How digits are said in a language; where it is not known they stay.</summary>
    public static SpokenDigits For(string language) => new(language);

    /// <summary>Writes all digits of the text as words, in entities too.</summary>
    public LabelledUtterance Apply(LabelledUtterance utterance)
    {
        var (text, edits) = (utterance.Text, new List<TextEdit>());
        for (var start = 0; start < text.Length; start++)
        {
            if (!char.IsAsciiDigit(text[start])) continue;
            var end = start;
            // A hyphen within a code or telephone number is not said.
            while (end < text.Length
                && (char.IsAsciiDigit(text[end]) || (text[end] == '-' && end + 1 < text.Length && char.IsAsciiDigit(text[end + 1])))) end++;
            if (Say(text, start, end) is { } spoken) edits.Add(new TextEdit(start, end, spoken));
            start = end;
        }

        return TextEdits.Apply(utterance, edits);
    }

    private string? Say(string text, int start, int end)
    {
        // A fraction or a thousands mark is said in ways that one run of digits cannot tell.
        if ((start > 0 && text[start - 1] is '.' or ',' && start > 1 && char.IsAsciiDigit(text[start - 2]))
            || (end + 1 < text.Length && text[end] is '.' or ',' && char.IsAsciiDigit(text[end + 1]))) return null;
        var code = start > 0 && char.IsAsciiLetter(text[start - 1]);
        var digits = text[start..end].Replace("-", "", StringComparison.Ordinal);
        if (_chinese)
        {
            var quantity = !code && digits.Length <= 4 && digits[0] != '0' && end < text.Length && ChineseNumbers.Units.Contains(text[end]);
            return quantity ? ChineseNumbers.Cardinal(int.Parse(digits)) : ChineseNumbers.Digits(digits);
        }

        // "$59" and "28th" are said in another order or form.
        if (!_english || (start > 0 && text[start - 1] is '$' or '£' or '€') || IsOrdinal(text, end)) return null;
        var spoken = new StringBuilder(
            !code && digits.Length <= 2 && digits[0] != '0' ? EnglishNumbers.Cardinal(int.Parse(digits)) : EnglishNumbers.Digits(digits));
        // "U2942" is said "U two nine four two", and "30GB" "thirty GB".
        if (code) spoken.Insert(0, ' ');
        if (end < text.Length && char.IsLetter(text[end])) spoken.Append(' ');
        return spoken.ToString();
    }

    private static bool IsOrdinal(string text, int end) =>
        end + 2 <= text.Length && text[end..(end + 2)].ToLowerInvariant() is "st" or "nd" or "rd" or "th"
        && (end + 2 == text.Length || !char.IsLetter(text[end + 2]));
}
