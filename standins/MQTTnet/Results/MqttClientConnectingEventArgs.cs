#nullable disable
namespace MQTTnet;

/// <summary>A connection is about to be tried.</summary>
public sealed class MqttClientConnectingEventArgs : EventArgs
{
    public MqttClientConnectingEventArgs(MqttClientOptions clientOptions)
    {
        ClientOptions = clientOptions;
    }

    public MqttClientOptions ClientOptions { get; }
}
