using System.Globalization;
using System.Text;

namespace Edge.Trainer.Data.Importing;

/// <summary>The text of a sentence that a file has as tokens.</summary>
internal static class TokenText
{
    /// <summary>
    /// Whether tokens are characters: then nothing stands between them. Otherwise a space does, except beside characters of scripts that
    /// have no spaces.
    /// </summary>
    public static bool AreCharacters(IEnumerable<IReadOnlyList<string>> sentences)
    {
        var (single, all, unspaced) = (0, 0, false);
        foreach (var token in sentences.SelectMany(sentence => sentence))
        {
            all++;
            if (new StringInfo(token).LengthInTextElements <= 1) single++;
            unspaced |= token.Length > 0 && IsUnspaced(Rune.GetRuneAt(token, 0));
        }

        return unspaced && single * 20 >= all * 19;
    }

    /// <summary>How sentences were read, for people.</summary>
    public static string Remark(TagScheme scheme, bool characters) =>
        $"tags: {scheme.Name}; tokens {(characters ? "are characters and stand side by side" : "are joined by spaces")}";

    /// <summary>The text with the place of each token.</summary>
    /// <param name="tokens">The tokens.</param>
    /// <param name="characters">As <see cref="AreCharacters"/> says of the file.</param>
    /// <param name="given">The text where the file has it too; tokens are looked up in it.</param>
    /// <returns><c>null</c> where the given text does not have the tokens in this order.</returns>
    public static (string Text, (int Start, int End)[] Places)? Join(IReadOnlyList<string> tokens, bool characters, string? given)
    {
        var places = new (int, int)[tokens.Count];
        if (given is not null)
        {
            var at = 0;
            for (var i = 0; i < tokens.Count; i++)
            {
                var start = given.IndexOf(tokens[i], at, StringComparison.Ordinal);
                if (start < 0) return null;
                places[i] = (start, at = start + tokens[i].Length);
            }

            return (given, places);
        }

        var text = new StringBuilder();
        for (var i = 0; i < tokens.Count; i++)
        {
            if (i > 0 && !characters && tokens[i].Length > 0 && text.Length > 0 && !IsUnspaced(Rune.GetRuneAt(tokens[i], 0))
                && !IsUnspaced(LastRune(text)))
                text.Append(' ');
            places[i] = (text.Length, text.Length + tokens[i].Length);
            text.Append(tokens[i]);
        }

        return (text.ToString(), places);
    }

    /// <summary>Takes a tagged sentence, or leaves it with the reason.</summary>
    public static void Take(
        ImportReport report, LabelledUtterance row, IReadOnlyList<string> tokens, IReadOnlyList<string> tags, TagScheme scheme,
        bool characters)
    {
        if (tokens.Count != tags.Count)
            report.Leave(row.Line, "tokens and tags are not as many");
        else if (Join(tokens, characters, row.Text.Length > 0 ? row.Text : null) is not var (text, places))
            report.Leave(row.Line, "the text does not have the tokens in their order");
        else
            report.Take(row with { Text = text }, "entities", [.. scheme.Entities(tags)
                .Select(entity => new RawSpan(entity.Label, places[entity.First].Start, places[entity.Last].End))], OffsetUnit.Utf16);
    }

    private static Rune LastRune(StringBuilder text) =>
        char.IsLowSurrogate(text[^1]) && text.Length > 1 ? new Rune(text[^2], text[^1])
        : Rune.TryCreate(text[^1], out var rune) ? rune
        : Rune.ReplacementChar;

    // Han, kana, Thai and their like, and full-width signs; Hangul has spaces.
    private static bool IsUnspaced(Rune rune) =>
        rune.Value is (>= 0x0E00 and < 0x1000) or (>= 0x1000 and < 0x10A0) or (>= 0x1780 and < 0x1800) or (>= 0x3000 and < 0xA000)
            or (>= 0xF900 and < 0xFB00) or (>= 0xFF00 and < 0xFFF0) or (>= 0x20000 and < 0x32000)
        && rune.Value is not (>= 0x3130 and < 0x3190);
}
