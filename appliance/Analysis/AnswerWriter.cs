using System.Text.Encodings.Web;
using System.Text.Json;
using Edge.Bundles.Decoding;
using Edge.Bundles.Tasks;

namespace Edge.Appliance.Analysis;

/// <summary>Writes answers in the form of docs/reference/mqtt.md.</summary>
internal static class AnswerWriter
{
    /// <summary>Chinese is written as it is; the answer is JSON in a JSON channel, never part of a page.</summary>
    public static JsonWriterOptions Form { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [ThreadStatic]
    private static AnswerBuffer? t_buffer;

    /// <summary>Writes an answer as UTF-8; nothing but the answer itself takes new memory.</summary>
    public static byte[] Write(in AnalyzedUtterance analyzed, AnswerDetails details)
    {
        var buffer = t_buffer ??= new AnswerBuffer(Form);
        var json = buffer.Start();
        json.WriteStartObject();
        json.WriteString("id", details.Id);
        for (var i = 0; i < analyzed.Heads.Count; i++)
            WriteHead(json, analyzed.Text, analyzed.Heads[i], analyzed.Predictions[i]);
        WriteSpans(json, analyzed);
        json.WritePropertyName("confidence");
        WriteConfidence(json, analyzed);
        json.WriteStartObject("accepted");
        for (var i = 0; i < analyzed.Predictions.Length; i++)
            json.WriteBoolean(analyzed.Predictions[i].Head, analyzed.Accepted[i]);
        json.WriteEndObject();
        if (analyzed.OutOfScope is { } outOfScope)
            json.WriteNumber("outOfScope", Rounded(outOfScope));
        json.WriteString("bundle", analyzed.Bundle);
        json.WriteNumber("latencyMs", Math.Round(details.Latency.TotalMilliseconds, 2));
        if (details.Late)
            json.WriteBoolean("late", true);
        json.WriteEndObject();
        return buffer.Finish();
    }

    /// <summary>Writes <c>{head:confidence}</c>.</summary>
    public static void WriteConfidence(Utf8JsonWriter json, in AnalyzedUtterance analyzed)
    {
        json.WriteStartObject();
        foreach (var prediction in analyzed.Predictions)
            json.WriteNumber(prediction.Head, Rounded(prediction.Confidence));
        json.WriteEndObject();
    }

    private static void WriteHead(Utf8JsonWriter json, string text, HeadDefinition head, in HeadPrediction prediction)
    {
        json.WritePropertyName(head.Name);
        switch (head.Kind)
        {
            case HeadKind.Single:
                json.WriteStringValue(prediction.Label);
                break;
            case HeadKind.Multi:
                json.WriteStartArray();
                for (var i = 0; i < prediction.Labels.Count; i++)
                    json.WriteStringValue(prediction.Labels[i]);
                json.WriteEndArray();
                break;
            case HeadKind.Score:
                json.WriteNumberValue(Rounded(prediction.Score ?? 0));
                break;
            default:
                WriteEntities(json, text, prediction.Spans);
                break;
        }
    }

    // By label, in text order: a label that occurs once has a string, one that occurs more often an array of strings.
    private static void WriteEntities(Utf8JsonWriter json, string text, IReadOnlyList<EntitySpan> spans)
    {
        json.WriteStartObject();
        for (var first = 0; first < spans.Count; first++)
        {
            var label = spans[first].Label;
            if (Next(spans, label, 0) < first)
                continue; // with the first one of its label
            json.WritePropertyName(label);
            var isRepeated = Next(spans, label, first + 1) < spans.Count;
            if (isRepeated)
                json.WriteStartArray();
            for (var i = first; i < spans.Count; i = Next(spans, label, i + 1))
                json.WriteStringValue(text.AsSpan()[spans[i].Start..spans[i].End]);
            if (isRepeated)
                json.WriteEndArray();
        }
        json.WriteEndObject();
    }

    private static int Next(IReadOnlyList<EntitySpan> spans, string label, int from)
    {
        while (from < spans.Count && spans[from].Label != label)
            from++;
        return from;
    }

    private static void WriteSpans(Utf8JsonWriter json, in AnalyzedUtterance analyzed)
    {
        json.WriteStartArray("spans");
        foreach (var prediction in analyzed.Predictions)
        {
            for (var i = 0; i < prediction.Spans.Count; i++)
                WriteSpan(json, analyzed.Text, prediction.Spans[i]);
        }
        json.WriteEndArray();
    }

    private static void WriteSpan(Utf8JsonWriter json, string text, EntitySpan span)
    {
        json.WriteStartObject();
        json.WriteString("label", span.Label);
        json.WriteString("text", text.AsSpan()[span.Start..span.End]);
        json.WriteNumber("start", span.Start);
        json.WriteNumber("end", span.End);
        json.WriteNumber("confidence", Rounded(span.Confidence));
        json.WriteEndObject();
    }

    private static double Rounded(float value) => Math.Round((double)value, 4);
}
