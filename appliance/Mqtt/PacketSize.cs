using System.Text;
using MQTTnet;

namespace Edge.Appliance.Mqtt;

/// <summary>Size of a PUBLISH packet as <see cref="MqttLink.Message"/> makes it (MQTT 5, 3.3), a few bytes too large at most.</summary>
internal static class PacketSize
{
    // Fixed header 5, topic length 2, packet identifier 2, length of properties 4, payload format 2, content type 3 and its text.
    private const int Rest = 5 + 2 + 2 + 4 + 2 + 3 + 16;

    /// <summary>Bytes of the whole packet.</summary>
    public static long Of(MqttApplicationMessage message) =>
        Rest + Encoding.UTF8.GetByteCount(message.Topic) + message.Payload.Length
        + (message.CorrelationData is { } data ? 3 + data.Length : 0);
}
