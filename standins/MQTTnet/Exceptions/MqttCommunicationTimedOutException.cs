#nullable disable
namespace MQTTnet.Exceptions;

/// <summary>No answer came before the caller's token or the options' timeout ended the wait.</summary>
public sealed class MqttCommunicationTimedOutException : MqttCommunicationException
{
    public MqttCommunicationTimedOutException()
        : base("The operation has timed out.")
    {
    }

    public MqttCommunicationTimedOutException(Exception innerException)
        : base("The operation has timed out.", innerException)
    {
    }
}
