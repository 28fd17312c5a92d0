using System.Buffers;
using System.Text.Json;
using Edge.Appliance.Analysis;

namespace Edge.Appliance.Answering;

/// <summary>Writes errors in the form of docs/reference/mqtt.md.</summary>
internal static class ErrorWriter
{
    /// <summary>Writes an error as UTF-8.</summary>
    public static byte[] Write(UtteranceError error)
    {
        var buffer = new ArrayBufferWriter<byte>(128);
        using var json = new Utf8JsonWriter(buffer, AnswerWriter.Form);
        json.WriteStartObject();
        if (error.Id is not null)
            json.WriteString("id", error.Id);
        json.WriteString("code", error.Code);
        json.WriteString("message", error.Message);
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenSpan.ToArray();
    }
}
