#nullable disable
using MQTTnet.Formatter;

namespace MQTTnet;

/// <summary>Refuses options that cannot be sent.</summary>
public static class MqttClientOptionsValidator
{
    public static void ThrowIfNotSupported(MqttClientOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.ProtocolVersion != MqttProtocolVersion.V500)
        {
            throw new NotSupportedException(
                $"The stand-in for MQTTnet speaks MQTT 5 only, not {options.ProtocolVersion}; use V500, or the real package.");
        }
        if (options.TryPrivate)
            throw new NotSupportedException("Feature TryPrivate only works with MQTT version 3.1 and 3.1.1.");
    }
}
