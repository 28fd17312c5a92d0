using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Edge.Bundles.Decoding;
using Edge.Bundles.Tasks;

namespace Edge.Appliance.Analysis;

/// <summary>Writes answers in the form of docs/mqtt.md.</summary>
internal static class AnswerWriter
{
    /// <summary>Keys of the answer that no head may have as its name.</summary>
    public static IReadOnlyList<string> ReservedKeys { get; } = ["id", "spans", "confidence", "accepted", "bundle", "latencyMs", "late"];

    /// <summary>Chinese is written as it is; the answer is JSON in a JSON channel, never part of a page.</summary>
    public static JsonWriterOptions Form { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes an answer as UTF-8.</summary>
    public static byte[] Write(AnalyzedUtterance analyzed, AnswerDetails details)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using var json = new Utf8JsonWriter(buffer, Form);
        json.WriteStartObject();
        json.WriteString("id", details.Id);
        for (var i = 0; i < analyzed.Heads.Count; i++)
            WriteHead(json, analyzed.Text, analyzed.Heads[i], analyzed.Predictions[i]);
        WriteSpans(json, analyzed);
        json.WritePropertyName("confidence");
        WriteConfidence(json, analyzed);
        json.WriteStartObject("accepted");
        for (var i = 0; i < analyzed.Predictions.Count; i++)
            json.WriteBoolean(analyzed.Predictions[i].Head, analyzed.Accepted[i]);
        json.WriteEndObject();
        json.WriteString("bundle", details.Bundle);
        json.WriteNumber("latencyMs", Math.Round(details.Latency.TotalMilliseconds, 2));
        if (details.Late)
            json.WriteBoolean("late", true);
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Writes <c>{head:confidence}</c>.</summary>
    public static void WriteConfidence(Utf8JsonWriter json, AnalyzedUtterance analyzed)
    {
        json.WriteStartObject();
        foreach (var prediction in analyzed.Predictions)
            json.WriteNumber(prediction.Head, Rounded(prediction.Confidence));
        json.WriteEndObject();
    }

    private static void WriteHead(Utf8JsonWriter json, string text, HeadDefinition head, HeadPrediction prediction)
    {
        json.WritePropertyName(head.Name);
        switch (head.Kind)
        {
            case HeadKind.Single:
                json.WriteStringValue(prediction.Label);
                break;
            case HeadKind.Multi:
                WriteStrings(json, prediction.Labels);
                break;
            case HeadKind.Score:
                json.WriteNumberValue(Rounded(prediction.Score ?? 0));
                break;
            default:
                WriteEntities(json, text, prediction.Spans);
                break;
        }
    }

    // A label that occurs once has a string, one that occurs more often an array of strings.
    private static void WriteEntities(Utf8JsonWriter json, string text, IReadOnlyList<EntitySpan> spans)
    {
        json.WriteStartObject();
        foreach (var (label, values) in EntityValues.Of(text, spans))
        {
            json.WritePropertyName(label);
            if (values.Count == 1)
                json.WriteStringValue(values[0]);
            else
                WriteStrings(json, values);
        }
        json.WriteEndObject();
    }

    private static void WriteStrings(Utf8JsonWriter json, IReadOnlyList<string> values)
    {
        json.WriteStartArray();
        foreach (var value in values)
            json.WriteStringValue(value);
        json.WriteEndArray();
    }

    private static void WriteSpans(Utf8JsonWriter json, AnalyzedUtterance analyzed)
    {
        json.WriteStartArray("spans");
        foreach (var span in analyzed.Predictions.SelectMany(prediction => prediction.Spans))
        {
            json.WriteStartObject();
            json.WriteString("label", span.Label);
            json.WriteString("text", analyzed.Text.AsSpan()[span.Start..span.End]);
            json.WriteNumber("start", span.Start);
            json.WriteNumber("end", span.End);
            json.WriteNumber("confidence", Rounded(span.Confidence));
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static double Rounded(float value) => Math.Round((double)value, 4);
}
