using System.Text.Encodings.Web;
using System.Text.Json;
using Edge.Trainer.Data;

namespace Edge.Trainer.Synthesis;

/// <summary>Writes utterances as JSON Lines, the form that <see cref="Data.Reading.JsonRowReader"/> reads.</summary>
internal static class UtteranceWriter
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes a file, one utterance a line.</summary>
    public static void Write(string path, IEnumerable<LabelledUtterance> utterances)
    {
        using var stream = new BufferedStream(File.Create(path), 1 << 16);
        using var json = new Utf8JsonWriter(stream, Options);
        foreach (var utterance in utterances)
        {
            Write(json, utterance);
            json.Flush();
            json.Reset();
            stream.WriteByte((byte)'\n');
        }
    }

    private static void Write(Utf8JsonWriter json, LabelledUtterance utterance)
    {
        json.WriteStartObject();
        json.WriteString("text", utterance.Text);
        if (utterance.Context is not null) json.WriteString("context", utterance.Context);
        foreach (var (head, label) in utterance.Single) json.WriteString(head, label);
        foreach (var (head, labels) in utterance.Multi)
        {
            json.WriteStartArray(head);
            foreach (var label in labels) json.WriteStringValue(label);
            json.WriteEndArray();
        }

        foreach (var (head, score) in utterance.Scores) json.WriteNumber(head, score);
        foreach (var (head, spans) in utterance.Spans)
        {
            json.WriteStartArray(head);
            foreach (var span in spans)
            {
                json.WriteStartObject();
                json.WriteString("label", span.Label);
                json.WriteNumber("start", span.Start);
                json.WriteNumber("end", span.End);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }
}
