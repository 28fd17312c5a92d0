#nullable disable
namespace MQTTnet.Diagnostics.Logger;

/// <summary>Receives what the client cannot throw at anybody: above all exceptions of message handlers.</summary>
public interface IMqttNetLogger
{
    bool IsEnabled { get; }

    void Publish(MqttNetLogLevel level, string source, string message, object[] parameters, Exception exception);
}
