#nullable disable
namespace MQTTnet;

/// <summary>The server accepted the connection.</summary>
public sealed class MqttClientConnectedEventArgs : EventArgs
{
    public MqttClientConnectedEventArgs(MqttClientConnectResult connectResult)
    {
        ConnectResult = connectResult ?? throw new ArgumentNullException(nameof(connectResult));
    }

    public MqttClientConnectResult ConnectResult { get; }
}
