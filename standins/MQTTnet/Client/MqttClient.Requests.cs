#nullable disable
using MQTTnet.Adapter;
using MQTTnet.Client;
using MQTTnet.Diagnostics.Logger;
using MQTTnet.Exceptions;
using MQTTnet.Packets;
using MQTTnet.Protocol;
using MQTTnet.Wire;

namespace MQTTnet;

/// <summary>What the client sends, and what it makes of the replies.</summary>
public sealed partial class MqttClient
{
    private static readonly IReadOnlyCollection<MqttUserProperty> NoUserProperties = [];

    /// <summary>MQTT 5 sections 3.12 and 3.13.</summary>
    public Task PingAsync(CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var connection = Connected();
        return WithTimeout(token => RequestAsync(connection, PacketType.PingResp, 0, () => connection.SendAsync(PacketEncoder.PingReq, token), token), cancellationToken);
    }

    /// <summary>
    /// MQTT 5 sections 3.3 and 4.3. The options' timeout is not applied: without a token that can be cancelled a QoS 1 or 2 publish
    /// waits for its acknowledgement or the end of the connection, as in the real package.
    /// </summary>
    public Task<MqttClientPublishResult> PublishAsync(MqttApplicationMessage applicationMessage, CancellationToken cancellationToken = default)
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

    /// <summary>MQTT 5 sections 3.8 and 3.9.</summary>
    public async Task<MqttClientSubscribeResult> SubscribeAsync(MqttClientSubscribeOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        foreach (var filter in options.TopicFilters)
            MqttTopicValidator.ThrowIfInvalidSubscribe(filter.Topic);
        var connection = Connected();

        var ack = await SubscriptionRequestAsync(
            connection, PacketType.SubAck, identifier => PacketEncoder.Subscribe(options, identifier), options.TopicFilters.Count, cancellationToken).ConfigureAwait(false);
        var items = options.TopicFilters
            .Select((filter, i) => new MqttClientSubscribeResultItem(filter, (MqttClientSubscribeResultCode)ack.ReasonCodes[i])).ToList();
        return new MqttClientSubscribeResult(ack.PacketIdentifier, items, ack.ReasonString, ack.UserProperties ?? NoUserProperties);
    }

    /// <summary>MQTT 5 sections 3.10 and 3.11.</summary>
    public async Task<MqttClientUnsubscribeResult> UnsubscribeAsync(MqttClientUnsubscribeOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        foreach (var filter in options.TopicFilters)
            MqttTopicValidator.ThrowIfInvalidSubscribe(filter);
        var connection = Connected();

        var ack = await SubscriptionRequestAsync(
            connection, PacketType.UnsubAck, identifier => PacketEncoder.Unsubscribe(options, identifier), options.TopicFilters.Count, cancellationToken).ConfigureAwait(false);
        var items = options.TopicFilters
            .Select((filter, i) => new MqttClientUnsubscribeResultItem(filter, (MqttClientUnsubscribeResultCode)ack.ReasonCodes[i])).ToList();
        return new MqttClientUnsubscribeResult(ack.PacketIdentifier, items, ack.ReasonString, ack.UserProperties ?? NoUserProperties);
    }

    /// <summary>MQTT 5 sections 3.1 and 3.2: the first packet to send and the first that must come.</summary>
    private async Task<MqttClientConnectResult> OpenAsync(MqttClientOptions options, CancellationToken cancellationToken)
    {
        var connection = new MqttConnection(await Transport.OpenAsync(options, cancellationToken).ConfigureAwait(false), options);
        _connection = connection;
        // Dispose may have looked before the connection was there.
        if (_disposed)
            connection.Dispose();
        try
        {
            await connection.SendAsync(ConnectEncoder.Connect(options), cancellationToken).ConfigureAwait(false);
            var packet = await connection.ReceiveAsync(cancellationToken).ConfigureAwait(false)
                ?? throw new MqttCommunicationException("Connection closed.");
            PacketDecoder.ThrowIfFlagsAreWrong(packet);
            return packet.Type == PacketType.ConnAck
                ? ConnAckDecoder.ConnAck(packet)
                : throw new MqttProtocolViolationException($"Received {packet.Type} where only CONNACK is allowed [MQTT-3.2.0-1].");
        }
        catch (Exception exception)
        {
            throw new MqttConnectingFailedException($"Error while authenticating. {exception.Message}", exception);
        }
    }

    private static async Task<bool> SendDisconnectAsync(MqttConnection connection, MqttClientDisconnectOptions options, CancellationToken cancellationToken)
    {
        await connection.SendAsync(PacketEncoder.Disconnect(options), cancellationToken).ConfigureAwait(false);
        return true;
    }

    /// <summary>Section 4.3.1: sent is done.</summary>
    private async Task<MqttClientPublishResult> PublishAtMostOnceAsync(MqttConnection connection, MqttApplicationMessage message, CancellationToken cancellationToken)
    {
        await connection.SendAsync(PacketEncoder.Publish(message, 0), message.Payload, cancellationToken).ConfigureAwait(false);
        return new MqttClientPublishResult(null, MqttClientPublishReasonCode.Success, null, NoUserProperties);
    }

    /// <summary>Section 4.3.2.</summary>
    private async Task<MqttClientPublishResult> PublishAtLeastOnceAsync(MqttConnection connection, MqttApplicationMessage message, CancellationToken cancellationToken)
    {
        var identifier = connection.Replies.TakeIdentifier();
        try
        {
            var ack = PacketDecoder.Ack(await RequestAsync(
                connection, PacketType.PubAck, identifier,
                () => connection.SendAsync(PacketEncoder.Publish(message, identifier), message.Payload, cancellationToken), cancellationToken).ConfigureAwait(false));
            return new MqttClientPublishResult(identifier, (MqttClientPublishReasonCode)ack.ReasonCode, ack.ReasonString, ack.UserProperties ?? NoUserProperties);
        }
        finally
        {
            connection.Replies.ReturnIdentifier(identifier);
        }
    }

    /// <summary>Section 4.3.3: PUBLISH, PUBREC, PUBREL, PUBCOMP.</summary>
    private async Task<MqttClientPublishResult> PublishExactlyOnceAsync(MqttConnection connection, MqttApplicationMessage message, CancellationToken cancellationToken)
    {
        var identifier = connection.Replies.TakeIdentifier();
        try
        {
            var received = PacketDecoder.Ack(await RequestAsync(
                connection, PacketType.PubRec, identifier,
                () => connection.SendAsync(PacketEncoder.Publish(message, identifier), message.Payload, cancellationToken), cancellationToken).ConfigureAwait(false));
            var completed = PacketDecoder.Ack(await RequestAsync(
                connection, PacketType.PubComp, identifier,
                () => connection.SendAsync(PacketEncoder.Ack(new AckPacket(PacketType.PubRel, identifier)), cancellationToken), cancellationToken).ConfigureAwait(false));

            // PUBCOMP's only error is 146, packet identifier not found: the server does not have the message.
            return completed.ReasonCode == (byte)MqttApplicationMessageReceivedReasonCode.PacketIdentifierNotFound
                ? new MqttClientPublishResult(identifier, MqttClientPublishReasonCode.UnspecifiedError, completed.ReasonString, completed.UserProperties ?? NoUserProperties)
                : new MqttClientPublishResult(identifier, (MqttClientPublishReasonCode)received.ReasonCode, null, completed.UserProperties ?? NoUserProperties);
        }
        finally
        {
            connection.Replies.ReturnIdentifier(identifier);
        }
    }

    private async Task<SubscriptionAckPacket> SubscriptionRequestAsync(
        MqttConnection connection, PacketType reply, Func<ushort, ReadOnlyMemory<byte>> encode, int filters, CancellationToken cancellationToken)
    {
        var identifier = connection.Replies.TakeIdentifier();
        try
        {
            var packet = encode(identifier);
            var ack = PacketDecoder.SubscriptionAck(await WithTimeout(
                token => RequestAsync(connection, reply, identifier, () => connection.SendAsync(packet, token), token), cancellationToken).ConfigureAwait(false));
            return ack.ReasonCodes.Length == filters
                ? ack
                : throw new MqttProtocolViolationException($"{reply}: {ack.ReasonCodes.Length} reason codes for {filters} topic filters [MQTT-3.8.4-6].");
        }
        finally
        {
            connection.Replies.ReturnIdentifier(identifier);
        }
    }

    /// <summary>Sends and waits for the reply. A token that ends the wait makes a MqttCommunicationTimedOutException, as in the real package.</summary>
    private async Task<RawPacket> RequestAsync(
        MqttConnection connection, PacketType reply, ushort identifier, Func<Task> send, CancellationToken cancellationToken)
    {
        var waiting = connection.Replies.Expect(reply, identifier);
        try
        {
            await send().ConfigureAwait(false);
            return await waiting.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException exception) when (!waiting.IsCompleted)
        {
            Log(MqttNetLogLevel.Warning, $"No {reply} came in time", exception);
            throw new MqttCommunicationTimedOutException(exception);
        }
        finally
        {
            connection.Replies.Forget(reply, identifier);
        }
    }

    private MqttConnection Connected()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        return IsConnected && _connection is { } connection ? connection : throw new MqttClientNotConnectedException();
    }
}
