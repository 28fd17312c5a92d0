namespace MQTTnet.Diagnostics.Logger;

/// <summary>Severity of a log line.</summary>
public enum MqttNetLogLevel
{
    Verbose,
    Info,
    Warning,
    Error
}
