using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Edge.Appliance.Analysis;
using Edge.Bundles.Decoding;
using Edge.Bundles.Masking;

namespace Edge.Appliance.UncertainCases;

/// <summary>
/// Makes cases, masked before anything else sees them: by the masker's rules, and where the answer has entities whose labels name
/// personal data. The stored answer is written again over the masked text, its spans moved there, and holds no value of the original.
/// </summary>
internal sealed class UncertainCaseFactory(PersonalDataMasker masker)
{
    /// <summary>Makes the case of an uncertain answer.</summary>
    public UncertainCase Create(in AnsweredUtterance answered)
    {
        var (line, utterance, analyzed, details, receivedAt) = answered;
        var spans = analyzed.Predictions.SelectMany(prediction => prediction.Spans).ToList();
        var masked = masker.Mask(utterance.Text, spans);
        return new UncertainCase
        {
            Line = line,
            UtteranceId = details.Id,
            SenderId = utterance.Id ?? "",
            Text = masked.Text,
            Fingerprint = Fingerprint(utterance.Text, masked),
            Context = utterance.Context is { } context ? masker.Mask(context, SameIn(context, utterance.Text, spans)).Text : null,
            Answer = Encoding.UTF8.GetString(AnswerWriter.Write(Moved(analyzed, masked), details)),
            Confidences = Confidences(analyzed),
            LowestConfidence = analyzed.Predictions.Min(prediction => prediction.Confidence),
            Bundle = analyzed.Bundle,
            ReceivedAt = receivedAt,
        };
    }

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

    // Without the personal data themselves: a hash of a telephone number is undone by hashing all telephone numbers. And not
    // of the masked text: every start of the program has other substitutes.
    private static string Fingerprint(string text, MaskedText masked)
    {
        var rest = new StringBuilder();
        var end = 0;
        foreach (var item in masked.Items)
        {
            rest.Append(text, end, item.Start - end).Append('\0').Append(item.Kind).Append('\0');
            end = item.End;
        }
        rest.Append(text, end, text.Length - end);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(rest.ToString())));
    }

    private static string Confidences(AnalyzedUtterance analyzed)
    {
        var buffer = new ArrayBufferWriter<byte>(128);
        using var json = new Utf8JsonWriter(buffer, AnswerWriter.Form);
        AnswerWriter.WriteConfidence(json, analyzed);
        json.Flush();
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
