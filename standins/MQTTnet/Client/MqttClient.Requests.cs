#nullable disable
using MQTTnet.Client;
using MQTTnet.Exceptions;
using MQTTnet.Packets;
using MQTTnet.Protocol;
using MQTTnet.Wire;

namespace MQTTnet;

/// <summary>Publishing and the ping.</summary>
public sealed partial class MqttClient
{
    private static readonly IReadOnlyCollection<MqttUserProperty> NoUserProperties = [];

    /// <summary>MQTT 5 sections 3.12 and 3.13.</summary>
    public Task PingAsync(CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var connection = Connected();
        return WithTimeout(connection.PingAsync, cancellationToken);
    }

    /// <summary>
    /// MQTT 5 sections 3.3 and 4.3. The options' timeout is not applied: without a token that can be cancelled a QoS 1 or 2 publish
    /// waits for its acknowledgement or the end of the connection, as in the real package.
    /// </summary>
    public Task<MqttClientPublishResult> PublishAsync(
        MqttApplicationMessage applicationMessage, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        MqttTopicValidator.ThrowIfInvalid(applicationMessage);
        var connection = Connected();
        return applicationMessage.QualityOfServiceLevel switch
        {
            MqttQualityOfServiceLevel.AtMostOnce => PublishAtMostOnceAsync(connection, applicationMessage, cancellationToken),
            MqttQualityOfServiceLevel.AtLeastOnce => PublishAtLeastOnceAsync(connection, applicationMessage, cancellationToken),
            MqttQualityOfServiceLevel.ExactlyOnce => PublishExactlyOnceAsync(connection, applicationMessage, cancellationToken),
            _ => throw new NotSupportedException($"QoS {(int)applicationMessage.QualityOfServiceLevel} does not exist; use 0, 1 or 2."),
        };
    }

    /// <summary>Section 4.3.1: sent is done.</summary>
    private static async Task<MqttClientPublishResult> PublishAtMostOnceAsync(
        MqttConnection connection, MqttApplicationMessage message, CancellationToken cancellationToken)
    {
        await connection.SendAsync(PacketEncoder.Publish(message, 0), message.Payload, cancellationToken).ConfigureAwait(false);
        return new MqttClientPublishResult(null, MqttClientPublishReasonCode.Success, null, NoUserProperties);
    }

    /// <summary>Section 4.3.2.</summary>
    private static async Task<MqttClientPublishResult> PublishAtLeastOnceAsync(
        MqttConnection connection, MqttApplicationMessage message, CancellationToken cancellationToken)
    {
        var identifier = connection.Replies.TakeIdentifier();
        try
        {
            var packet = PacketEncoder.Publish(message, identifier);
            var ack = PacketDecoder.Ack(await connection.RequestAsync(
                PacketType.PubAck, identifier, packet, message.Payload, cancellationToken).ConfigureAwait(false));
            return Result(ack, ack.ReasonCode, ack.ReasonString);
        }
        finally
        {
            connection.Replies.ReturnIdentifier(identifier);
        }
    }

    /// <summary>Section 4.3.3: PUBLISH, PUBREC, PUBREL, PUBCOMP.</summary>
    private static async Task<MqttClientPublishResult> PublishExactlyOnceAsync(
        MqttConnection connection, MqttApplicationMessage message, CancellationToken cancellationToken)
    {
        var identifier = connection.Replies.TakeIdentifier();
        try
        {
            var packet = PacketEncoder.Publish(message, identifier);
            var received = PacketDecoder.Ack(await connection.RequestAsync(
                PacketType.PubRec, identifier, packet, message.Payload, cancellationToken).ConfigureAwait(false));
            var release = PacketEncoder.Ack(new AckPacket(PacketType.PubRel, identifier));
            var completed = PacketDecoder.Ack(await connection.RequestAsync(
                PacketType.PubComp, identifier, release, cancellationToken).ConfigureAwait(false));

            // PUBCOMP's only error is that the server does not have the message.
            return completed.ReasonCode == NotFound
                ? Result(completed, (byte)MqttClientPublishReasonCode.UnspecifiedError, completed.ReasonString)
                : Result(completed, received.ReasonCode, null);
        }
        finally
        {
            connection.Replies.ReturnIdentifier(identifier);
        }
    }

    private static MqttClientPublishResult Result(AckPacket ack, byte reasonCode, string reasonString) =>
        new(ack.PacketIdentifier, (MqttClientPublishReasonCode)reasonCode, reasonString, ack.UserProperties ?? NoUserProperties);

    private MqttConnection Connected()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        return IsConnected && _connection is { } connection ? connection : throw new MqttClientNotConnectedException();
    }
}
