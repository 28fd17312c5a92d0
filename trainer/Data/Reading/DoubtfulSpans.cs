using Edge.Bundles.Decoding;
using Edge.Bundles.Tokenization;
using Edge.Trainer.Data.Duplicates;

namespace Edge.Trainer.Data.Reading;

/// <summary>Annotated spans that no model can answer, or that end where nobody would end them.</summary>
internal static class DoubtfulSpans
{
    private const int Shown = 3;
    private const string Separators = ",;!?，。；！？、";

    /// <summary>What is to be said of them: for each head and kind one line, with how many there are and where the first stand.</summary>
    public static IEnumerable<string> Notes(IEnumerable<LabelledUtterance> utterances)
    {
        var found = utterances.SelectMany(utterance => utterance.Spans.SelectMany(head => head.Value
            .Select(span => (Head: head.Key, Utterance: utterance, Span: span, Doubt: Doubt(utterance.Text, span)))))
            .Where(entry => entry.Doubt is not null);
        foreach (var kind in found.GroupBy(entry => (entry.Head, entry.Doubt)))
        {
            var entries = kind.ToArray();
            var examples = entries.Take(Shown).Select(entry =>
                $"{Annotation.Place(entry.Utterance)} {entry.Span.Label} '{entry.Utterance.Text[entry.Span.Start..entry.Span.End]}' in " +
                $"'{Around(entry.Utterance.Text, entry.Span)}'");
            var inclusive = entries.Length > 2 && Array.TrueForAll(entries, entry => IsWholeOneFurther(entry.Utterance.Text, entry.Span))
                ? " All would be whole with an end one further: end is one past the last unit."
                : "";
            yield return $"{kind.Key.Head}: {entries.Length} {(entries.Length == 1 ? "span" : "spans")} {kind.Key.Doubt}: " +
                $"{string.Join("; ", examples)}{(entries.Length > Shown ? " ..." : "")}.{inclusive}";
        }
    }

    private static string? Doubt(string text, EntitySpan span) =>
        WordRuns.IsWithin(text, span.Start) || WordRuns.IsWithin(text, span.End)
            ? "begin or end within a word or a number, which no answer does, and count as missed"
        : char.IsWhiteSpace(text[span.Start]) || char.IsWhiteSpace(text[span.End - 1]) ? "begin or end with a space"
        : span.End - span.Start > 1 && (Separators.Contains(text[span.Start]) || Separators.Contains(text[span.End - 1]))
            ? "begin or end with a punctuation mark"
        : null;

    private static bool IsWholeOneFurther(string text, EntitySpan span) =>
        !WordRuns.IsWithin(text, span.Start) && WordRuns.IsWithin(text, span.End) && !WordRuns.IsWithin(text, span.End + 1);

    private static string Around(string text, EntitySpan span)
    {
        var (start, end) = (Math.Max(0, span.Start - 8), Math.Min(text.Length, span.End + 8));
        if (start > 0 && char.IsLowSurrogate(text[start])) start--;
        if (end < text.Length && char.IsLowSurrogate(text[end])) end++;
        return text[start..end];
    }
}
