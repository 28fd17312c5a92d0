#nullable disable
using MQTTnet.Packets;

namespace MQTTnet;

/// <summary>A received message and the means to acknowledge it, from any thread and in any order.</summary>
public sealed class MqttApplicationMessageReceivedEventArgs : EventArgs
{
    private readonly Func<MqttApplicationMessageReceivedEventArgs, CancellationToken, Task> _acknowledge;
    private int _acknowledged;

    internal MqttApplicationMessageReceivedEventArgs(
        string clientId,
        MqttApplicationMessage applicationMessage,
        ushort packetIdentifier,
        Func<MqttApplicationMessageReceivedEventArgs, CancellationToken, Task> acknowledge)
    {
        ClientId = clientId;
        ApplicationMessage = applicationMessage;
        PacketIdentifier = packetIdentifier;
        _acknowledge = acknowledge;
    }

    public MqttApplicationMessage ApplicationMessage { get; }

    /// <summary>True: acknowledged when the handlers have returned without an exception. False: only AcknowledgeAsync does it.</summary>
    public bool AutoAcknowledge { get; set; } = true;

    public string ClientId { get; }

    public bool IsHandled { get; set; }

    public ushort PacketIdentifier { get; }

    /// <summary>True keeps the acknowledgement from being sent: the message comes again in the next connection of the session.</summary>
    public bool ProcessingFailed { get; set; }

    public MqttApplicationMessageReceivedReasonCode ReasonCode { get; set; } = MqttApplicationMessageReceivedReasonCode.Success;

    public string ResponseReasonString { get; set; }

    public List<MqttUserProperty> ResponseUserProperties { get; } = [];

    public object Tag { get; set; }

    public Task AcknowledgeAsync(CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref _acknowledged, 1) != 0)
            throw new InvalidOperationException("The application message is already acknowledged.");
        return _acknowledge(this, cancellationToken);
    }
}
