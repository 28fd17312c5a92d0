#nullable disable
namespace MQTTnet.Exceptions;

/// <summary>The connection ended while the call was waiting for its answer.</summary>
public sealed class MqttClientDisconnectedException : MqttCommunicationException
{
    public MqttClientDisconnectedException(Exception innerException)
        : base("The MQTT client is disconnected.", innerException)
    {
    }
}
