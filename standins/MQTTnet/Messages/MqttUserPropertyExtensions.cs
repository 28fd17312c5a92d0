#nullable disable
using System.Text;

namespace MQTTnet.Packets;

/// <summary>The value of a user property as text.</summary>
public static class MqttUserPropertyExtensions
{
    public static string ReadValueAsString(this MqttUserProperty userProperty)
    {
        ArgumentNullException.ThrowIfNull(userProperty);
        return Encoding.UTF8.GetString(userProperty.ValueBuffer.Span);
    }
}
