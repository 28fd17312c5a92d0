#nullable disable
using System.Text;

namespace MQTTnet;

/// <summary>The payload as text.</summary>
public static class MqttApplicationMessageExtensions
{
    /// <summary>Null when the payload is empty, as in the real package.</summary>
    public static string ConvertPayloadToString(this MqttApplicationMessage applicationMessage)
    {
        ArgumentNullException.ThrowIfNull(applicationMessage);
        return applicationMessage.Payload.Length == 0 ? null : Encoding.UTF8.GetString(applicationMessage.Payload);
    }
}
