using System.Text;
using Edge.Appliance.Analysis;
using Edge.Bundles.Decoding;
using Edge.Bundles.Masking;

namespace Edge.Appliance.UncertainCases;

/// <summary>
/// Masks what was said, by the masker's rules and where answers have entities whose labels name personal data, and writes answers again
/// over the masked text, so that they hold no value of the original.
/// </summary>
internal sealed class AnswerMasking(PersonalDataMasker masker)
{
    /// <summary>Masks an utterance.</summary>
    /// <param name="utterance">The utterance.</param>
    /// <param name="answers">What bundles say of it.</param>
    public (MaskedText Text, string? Context) Mask(Utterance utterance, params AnalyzedUtterance[] answers)
    {
        var spans = answers.SelectMany(answer => answer.Predictions).SelectMany(prediction => prediction.Spans).ToList();
        var context = utterance.Context is { } said ? masker.Mask(said, SameIn(said, utterance.Text, spans)).Text : null;
        return (masker.Mask(utterance.Text, spans), context);
    }

    /// <summary>Writes an answer over the masked text.</summary>
    public static string Write(in AnalyzedUtterance analyzed, MaskedText masked, AnswerDetails details) =>
        Encoding.UTF8.GetString(AnswerWriter.Write(Moved(analyzed, masked), details));

    private static AnalyzedUtterance Moved(in AnalyzedUtterance analyzed, MaskedText masked) => analyzed with
    {
        Text = masked.Text,
        Predictions = [
            .. analyzed.Predictions.Select(prediction =>
                prediction with { Spans = [.. prediction.Spans.Select(span => Moved(span, masked))] }),
        ],
    };

    private static EntitySpan Moved(EntitySpan span, MaskedText masked)
    {
        var (start, end) = masked.Place(span.Start, span.End);
        return span with { Start = start, End = end };
    }

    // The context is not analysed, but what the caller said is often said there too: "are you Mr Smith?"
    private static IEnumerable<EntitySpan> SameIn(string context, string text, List<EntitySpan> spans)
    {
        foreach (var span in spans.Where(span => span.End - span.Start >= 2))
        {
            var said = text[span.Start..span.End];
            for (var at = Next(0); at >= 0; at = Next(at + said.Length))
                yield return span with { Start = at, End = at + said.Length };

            int Next(int from) => context.IndexOf(said, from, StringComparison.Ordinal);
        }
    }
}
