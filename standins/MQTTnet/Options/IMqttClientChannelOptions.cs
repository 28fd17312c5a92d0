#nullable disable
namespace MQTTnet;

/// <summary>How the server is reached; the stand-in knows <see cref="MqttClientTcpOptions"/>.</summary>
public interface IMqttClientChannelOptions
{
    MqttClientTlsOptions TlsOptions { get; }
}
