using System.Globalization;
using System.Text;

namespace Edge.Trainer.Data.Reading;

/// <summary>What of a label's spelling means nothing.</summary>
internal static class LabelText
{
    /// <summary>The label without spaces around it and invisible characters in it; runs of spaces become one.</summary>
    public static string Tidy(string label)
    {
        var tidy = new StringBuilder(label.Length);
        foreach (var unit in label)
        {
            if (unit is '\u200B' or '\u200E' or '\u200F' or '\u2060' or '\uFEFF') continue;
            if (!char.IsWhiteSpace(unit)) tidy.Append(unit);
            else if (tidy.Length > 0 && tidy[^1] != ' ') tidy.Append(' ');
        }

        return tidy.ToString().TrimEnd(' ');
    }

    /// <summary>Equal for labels that differ in case and full-width forms only.</summary>
    public static string Key(string tidy) =>
        string.Create(tidy.Length, tidy, (key, label) =>
        {
            for (var i = 0; i < key.Length; i++)
                key[i] = char.ToUpperInvariant(label[i] is >= '\uFF01' and <= '\uFF5E' ? (char)(label[i] - 0xFEE0) : label[i]);
        });

    /// <summary>The whole number that a label is, written as one: <c>1</c> for pandas' <c>1.0</c>; <c>null</c> for anything else.</summary>
    public static string? WholeNumber(string tidy) =>
        HeadKinds.TryNumber(tidy, out var number) && number == Math.Floor(number) && Math.Abs(number) < 1e15
            && tidy.All(c => char.IsAsciiDigit(c) || c is '-' or '.')
            ? ((long)number).ToString(CultureInfo.InvariantCulture)
            : null;
}
