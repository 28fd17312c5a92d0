namespace MQTTnet.Exceptions;

/// <summary>A packet, received or to be sent, that MQTT 5 does not allow. Not a communication exception.</summary>
public class MqttProtocolViolationException(string message) : Exception(message)
{
    /// <summary>MQTT 5 section 1.5.5.</summary>
    public const uint VariableByteIntegerMaxValue = 268_435_455;

    public static void ThrowIfVariableByteIntegerExceedsLimit(uint value)
    {
        if (value <= VariableByteIntegerMaxValue)
            return;
        throw new MqttProtocolViolationException(
            $"The value {value} is too large for a variable byte integer ({VariableByteIntegerMaxValue}).");
    }
}
