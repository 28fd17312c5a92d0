using System.Text.RegularExpressions;
using Edge.Trainer.Common;
using Edge.Trainer.Data;

namespace Edge.Trainer.Synthesis;

/// <summary>Writes a template's text as people and speech recognition write it: with all punctuation, some, or none.</summary>
internal static partial class SurfaceForm
{
    private const string FinalMarks = "。！？.!?";

    /// <summary>Puts punctuation in order where clauses were joined: no comma behind a question mark, none at the start or end.</summary>
    public static LabelledUtterance Tidy(LabelledUtterance utterance)
    {
        // Twice: removing one may bring two others together.
        for (var i = 0; i < 2; i++)
        {
            utterance = TextEdits.Apply(utterance, Outside(utterance, Joints().Matches(utterance.Text))
                .Select(match => new TextEdit(match.Index, match.Index + match.Length, Keep(utterance.Text, match))).ToArray());
        }

        return utterance;
    }

    /// <summary>Chinese punctuation: as written, without the final one, half width, spaces, or none (speech recognition).</summary>
    public static LabelledUtterance Chinese(LabelledUtterance utterance, SeededRandom random)
    {
        var style = random.NextDouble();
        if (style < 0.42) return Replace(utterance, _ => "");
        if (style < 0.47) return TrimEnd(Replace(utterance, _ => " "));
        if (style < 0.62) return Replace(utterance, mark => mark switch { "，" => ",", "？" => "?", "！" => "!", "。" => ".", _ => mark });
        if (style < 0.78 || FinalMarks.Contains(utterance.Text[^1], StringComparison.Ordinal)) return utterance;
        return TextEdits.Apply(utterance, [new TextEdit(utterance.Text.Length, utterance.Text.Length, "。")]);
    }

    /// <summary>English: sentences with capitals, careless typing, or the lower case without punctuation of speech recognition.</summary>
    public static LabelledUtterance English(LabelledUtterance utterance, SeededRandom random)
    {
        var style = random.NextDouble();
        if (style < 0.45)
        {
            var plain = TrimEnd(Replace(utterance, _ => ""));
            return plain with { Text = plain.Text.ToLowerInvariant() };
        }

        if (style < 0.65) return utterance;
        var text = utterance.Text.ToCharArray();
        for (var i = 0; i < text.Length; i++)
            if (i == 0 || (i > 1 && text[i - 1] == ' ' && FinalMarks.Contains(text[i - 2], StringComparison.Ordinal))) text[i] =
                char.ToUpperInvariant(text[i]);
        utterance = utterance with { Text = new string(text) };
        return FinalMarks.Contains(text[^1], StringComparison.Ordinal)
            ? utterance
            : TextEdits.Apply(utterance, [new TextEdit(text.Length, text.Length, ".")]);
    }

    private static LabelledUtterance Replace(LabelledUtterance utterance, Func<string, string> with) =>
        TextEdits.Apply(utterance, Outside(utterance, Marks().Matches(utterance.Text))
            .Select(match => new TextEdit(match.Index, match.Index + match.Length, with(match.Value))).ToArray());

    private static LabelledUtterance TrimEnd(LabelledUtterance utterance)
    {
        var length = utterance.Text.TrimEnd(' ').Length;
        return length == utterance.Text.Length ? utterance : TextEdits.Apply(utterance, [new TextEdit(length, utterance.Text.Length, "")]);
    }

    private static string Keep(string text, Match match)
    {
        var marks = match.Value.Replace(" ", "", StringComparison.Ordinal);
        if (match.Index == 0) return "";
        var atEnd = match.Index + match.Length == text.Length;
        var first = marks.FirstOrDefault(mark => mark is not ('，' or ',' or ' '), marks.Length > 0 ? marks[0] : ' ');
        if (atEnd) return first is '，' or ',' or ' ' ? "" : first.ToString();
        return match.Value.EndsWith(' ') && first != ' ' ? $"{first} " : first.ToString();
    }

    private static IEnumerable<Match> Outside(LabelledUtterance utterance, MatchCollection matches) =>
        matches.Where(
            match => !utterance.Spans.Values.Any(
                list => list.Any(span => span.Start < match.Index + match.Length && match.Index < span.End)));

    [GeneratedRegex("[，。？！,.?!]")]
    private static partial Regex Marks();

    // Runs of punctuation, a mark behind spaces, spaces in a row, marks or spaces at the edges.
    [GeneratedRegex("[，。？！,.?!][，。？！,.?! ]*[，。？！,.?!] ?| +[，。？！,.?!] ?|  +|^[，。,. ]+|[，, ]+$")]
    private static partial Regex Joints();
}
