#nullable disable
using MQTTnet.Packets;

namespace MQTTnet;

/// <summary>A connection ended, or an attempt to connect failed (then ClientWasConnected is false).</summary>
public sealed class MqttClientDisconnectedEventArgs : EventArgs
{
    public MqttClientDisconnectedEventArgs(
        bool clientWasConnected,
        MqttClientConnectResult connectResult,
        MqttClientDisconnectReason reason,
        string reasonString,
        List<MqttUserProperty> userProperties,
        Exception exception)
    {
        ClientWasConnected = clientWasConnected;
        ConnectResult = connectResult;
        Exception = exception;
        Reason = reason;
        ReasonString = reasonString;
        UserProperties = userProperties;
    }

    public bool ClientWasConnected { get; }

    public MqttClientConnectResult ConnectResult { get; }

    public Exception Exception { get; }

    public MqttClientDisconnectReason Reason { get; }

    public string ReasonString { get; }

    public List<MqttUserProperty> UserProperties { get; }
}
