using System.Buffers;
using System.Text.Json;
using Edge.Appliance.Analysis;
using Edge.Bundles.Common;

namespace Edge.Appliance.Mqtt;

/// <summary>Writes the retained status of docs/reference/mqtt.md.</summary>
internal static class StatusWriter
{
    /// <summary>Sent after every connect.</summary>
    public static byte[] Online(string host, GroupMembership? membership, ReadyBundle ready, DateTimeOffset since) => Write(json =>
    {
        json.WriteString("state", "online");
        json.WriteString("host", host);
        json.WriteString("bundle", ready.Bundle.Id);
        json.WriteString("precision", ready.Bundle.Precision);
        json.WriteString("provider", ready.Provider);
        json.WriteString("version", ProductVersion.Text);
        json.WriteString("since", since.ToString("yyyy-MM-ddTHH:mm:ssZ"));
        Write(json, membership);
    });

    /// <summary>Sent before an orderly stop, and by the broker as the last will.</summary>
    /// <param name="host">The host.</param>
    /// <param name="membership">The session that others of the group should finish; null where nothing is left in it.</param>
    public static byte[] Offline(string host, GroupMembership? membership) => Write(json =>
    {
        json.WriteString("state", "offline");
        json.WriteString("host", host);
        Write(json, membership);
    });

    private static void Write(Utf8JsonWriter json, GroupMembership? membership)
    {
        if (membership is not { } member)
            return;
        json.WriteString("group", member.Group);
        json.WriteString("clientId", member.ClientId);
    }

    private static byte[] Write(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(128);
        using var json = new Utf8JsonWriter(buffer, AnswerWriter.Form);
        json.WriteStartObject();
        write(json);
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenSpan.ToArray();
    }
}
