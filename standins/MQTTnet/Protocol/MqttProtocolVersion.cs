namespace MQTTnet.Formatter;

/// <summary>The stand-in speaks V500 only; ConnectAsync says so for the others.</summary>
public enum MqttProtocolVersion
{
    Unknown = 0,
    V310 = 3,
    V311 = 4,
    V500 = 5
}
