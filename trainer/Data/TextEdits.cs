using System.Text;
using Edge.Bundles.Decoding;

namespace Edge.Trainer.Data;

/// <summary>Changes an utterance's text and keeps its spans on the same things.</summary>
internal static class TextEdits
{
    /// <summary>
    /// Applies edits that do not overlap each other. An insertion at a span's edge stays outside of the span. An edit that
    /// reaches across a span's edge is left out, since nobody could say what the span is then; so are those that would together leave
    /// nothing of a span, or of the text.
    /// </summary>
    public static LabelledUtterance Apply(LabelledUtterance utterance, IEnumerable<TextEdit> edits)
    {
        var used = Harmless([.. edits], utterance).OrderBy(edit => edit.Start).ThenBy(edit => edit.End).ToArray();
        if (used.Length == 0) return utterance;

        var text = new StringBuilder();
        var at = 0;
        foreach (var edit in used)
        {
            text.Append(utterance.Text, at, edit.Start - at).Append(edit.Text);
            at = edit.End;
        }

        text.Append(utterance.Text, at, utterance.Text.Length - at);
        if (!Wording.HasWords(text.ToString())) return utterance;
        return utterance with
        {
            Text = text.ToString(),
            Spans = utterance.Spans.ToDictionary(
                pair => pair.Key,
                pair => (IReadOnlyList<EntitySpan>)[.. pair.Value.Select(span => Move(span, used))]),
        };
    }

    /// <summary>
    /// The edits that <see cref="Apply"/> makes: none that reaches across a span's edge, none of those that leave nothing of a span.
    /// </summary>
    public static IReadOnlyList<TextEdit> Harmless(IReadOnlyList<TextEdit> edits, LabelledUtterance utterance)
    {
        var spans = utterance.Spans.Values.SelectMany(list => list).ToArray();
        var emptied = Array.FindAll(spans, span => span.End - span.Start + edits.Where(edit => IsWithin(edit, span)).Sum(Growth) <= 0);
        return [.. edits.Where(
            edit => !Array.Exists(spans, span => Crosses(edit, span)) && !Array.Exists(emptied, span => IsWithin(edit, span)))];
    }

    private static EntitySpan Move(EntitySpan span, TextEdit[] edits)
    {
        // Edits before the span move it; edits within it (also those that touch its edges without being insertions) resize it.
        var before = edits.Where(edit => edit.End <= span.Start).Sum(Growth);
        var within = edits.Where(edit => IsWithin(edit, span)).Sum(Growth);
        return span with { Start = span.Start + before, End = span.End + before + within };
    }

    private static int Growth(TextEdit edit) => edit.Text.Length - (edit.End - edit.Start);

    private static bool Crosses(TextEdit edit, EntitySpan span) =>
        edit.Start < span.End && edit.End > span.Start && (edit.Start < span.Start || edit.End > span.End);

    private static bool IsWithin(TextEdit edit, EntitySpan span) =>
        edit.Start >= span.Start && edit.End <= span.End && edit.End > span.Start
            && !(edit.Start == edit.End && (edit.Start == span.Start || edit.End == span.End));
}
