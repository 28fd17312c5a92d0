#nullable disable
using MQTTnet.Exceptions;

namespace MQTTnet.Adapter;

/// <summary>The connection stood, but CONNECT was not answered with a readable CONNACK.</summary>
public sealed class MqttConnectingFailedException : MqttCommunicationException
{
    public MqttConnectingFailedException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
