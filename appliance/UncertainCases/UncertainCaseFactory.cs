using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Edge.Appliance.Analysis;
using Edge.Bundles.Masking;

namespace Edge.Appliance.UncertainCases;

/// <summary>Makes cases, masked before anything else sees them, the answer included.</summary>
internal sealed class UncertainCaseFactory(AnswerMasking masking)
{
    /// <summary>Makes the case of an uncertain answer.</summary>
    public UncertainCase Create(in AnsweredUtterance answered)
    {
        var (line, utterance, analyzed, details, receivedAt) = answered;
        var (masked, context) = masking.Mask(utterance, analyzed);
        return new UncertainCase
        {
            Line = line,
            UtteranceId = details.Id,
            SenderId = utterance.Id ?? "",
            Text = masked.Text,
            Fingerprint = Fingerprint(utterance.Text, masked),
            Context = context,
            Answer = AnswerMasking.Write(analyzed, masked, details),
            Confidences = Confidences(analyzed),
            LowestConfidence = analyzed.Predictions.Min(prediction => prediction.Confidence),
            Bundle = analyzed.Bundle,
            ReceivedAt = receivedAt,
        };
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
