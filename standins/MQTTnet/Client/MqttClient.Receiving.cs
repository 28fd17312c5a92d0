#nullable disable
using MQTTnet.Client;
using MQTTnet.Diagnostics.Logger;
using MQTTnet.Exceptions;
using MQTTnet.Protocol;
using MQTTnet.Wire;

namespace MQTTnet;

/// <summary>The three loops of a connection: packets, messages to handlers, keep alive.</summary>
public sealed partial class MqttClient
{
    private const byte NotFound = (byte)MqttApplicationMessageReceivedReasonCode.PacketIdentifierNotFound;

    // Set while a message handler of that connection runs: ending the connection from there must not wait for the handler.
    private static readonly AsyncLocal<MqttConnection> HandlerOf = new();

    private void StartLoops(MqttConnection connection, MqttClientOptions options, MqttClientConnectResult result)
    {
        connection.HandlerLoop = Task.Run(() => HandleMessagesAsync(connection, options.ClientId));
        // Section 3.2.2.3.14: the server's keep alive replaces the client's.
        var keepAlive = result.ServerKeepAlive > 0 ? TimeSpan.FromSeconds(result.ServerKeepAlive) : options.KeepAlivePeriod;
        if (keepAlive > TimeSpan.Zero)
            connection.KeepAliveLoop = Task.Run(() => KeepAliveAsync(connection, keepAlive));
        connection.ReceiveLoop = Task.Run(() => ReceivePacketsAsync(connection));
    }

    private static Task WaitForLoopsAsync(MqttConnection connection) =>
        Task.WhenAll(
            connection.ReceiveLoop,
            connection.KeepAliveLoop,
            HandlerOf.Value == connection ? Task.CompletedTask : connection.HandlerLoop);

    /// <summary>For the loops: ending waits until all loops have returned, so a loop must not wait for the ending.</summary>
    private void EndBehind(Exception exception) => _ = EndAsync(exception, null);

    private async Task ReceivePacketsAsync(MqttConnection connection)
    {
        try
        {
            while (await connection.ReceiveAsync(connection.Ended).ConfigureAwait(false) is { } packet)
                await ProcessAsync(connection, packet).ConfigureAwait(false);
            if (!connection.Ended.IsCancellationRequested)
                EndBehind(null);
        }
        catch (Exception exception)
        {
            if (connection.Ended.IsCancellationRequested)
                return;
            Log(MqttNetLogLevel.Error, "Error while receiving packets", exception);
            // The waiting calls get the reason itself; EndAsync would give them "disconnected".
            connection.Replies.Close(exception);
            EndBehind(exception);
        }
    }

    private Task ProcessAsync(MqttConnection connection, RawPacket packet)
    {
        PacketDecoder.ThrowIfFlagsAreWrong(packet);
        switch (packet.Type)
        {
            case PacketType.Publish:
                connection.Messages.Writer.TryWrite(PublishDecoder.Publish(packet));
                return Task.CompletedTask;
            case PacketType.PubAck or PacketType.PubComp or PacketType.SubAck or PacketType.UnsubAck:
                CompleteReply(connection, packet);
                return Task.CompletedTask;
            case PacketType.PubRec:
                // Section 4.3.3: an identifier nobody knows, of an earlier connection perhaps, is released so that the server forgets it.
                var received = PacketDecoder.Ack(packet);
                return connection.Replies.TryComplete(PacketType.PubRec, received.PacketIdentifier, packet)
                    ? Task.CompletedTask
                    : SendAckAsync(connection, new AckPacket(PacketType.PubRel, received.PacketIdentifier, NotFound));
            case PacketType.PubRel:
                var released = PacketDecoder.Ack(packet);
                return SendAckAsync(connection, new AckPacket(PacketType.PubComp, released.PacketIdentifier));
            case PacketType.PingResp:
                connection.Replies.TryComplete(PacketType.PingResp, 0, packet);
                return Task.CompletedTask;
            case PacketType.Disconnect:
                EndByServer(connection, PacketDecoder.Disconnect(packet));
                return Task.CompletedTask;
            default:
                throw new MqttProtocolViolationException($"Received {packet.Type}, which a server must not send here.");
        }
    }

    private static Task SendAckAsync(MqttConnection connection, AckPacket packet) =>
        connection.SendAsync(PacketEncoder.Ack(packet), connection.Ended);

    /// <summary>A reply that nobody waits for belongs to a call that was cancelled: no reason to end the connection.</summary>
    private void CompleteReply(MqttConnection connection, RawPacket packet)
    {
        var identifier = PacketDecoder.Reader(packet).ReadTwoByteInteger();
        if (!connection.Replies.TryComplete(packet.Type, identifier, packet))
            Log(MqttNetLogLevel.Warning, $"Received {packet.Type} for packet identifier {identifier}, which nobody waits for", null);
    }

    /// <summary>Section 3.14.</summary>
    private void EndByServer(MqttConnection connection, DisconnectPacket packet)
    {
        _reason = (MqttClientDisconnectReason)packet.ReasonCode;
        _reasonString = packet.ReasonString;
        _reasonProperties = packet.UserProperties;
        connection.Replies.Close(new MqttClientUnexpectedDisconnectReceivedException(packet));
        EndBehind(null);
    }

    private async Task HandleMessagesAsync(MqttConnection connection, string clientId)
    {
        HandlerOf.Value = connection;
        await foreach (var packet in connection.Messages.Reader.ReadAllAsync().ConfigureAwait(false))
        {
            if (connection.Ended.IsCancellationRequested)
                return;
            try
            {
                var args = new MqttApplicationMessageReceivedEventArgs(clientId, packet.Message, packet.PacketIdentifier, AcknowledgeAsync);
                await _messageReceived.InvokeAsync(args).ConfigureAwait(false);
                if (args.AutoAcknowledge)
                    await args.AcknowledgeAsync(connection.Ended).ConfigureAwait(false);
            }
            catch (Exception) when (connection.Ended.IsCancellationRequested)
            {
                // The connection went while the handlers ran; the message comes again in the next one.
            }
            catch (Exception exception)
            {
                // Not acknowledged: the message comes again in the next connection of the session.
                Log(MqttNetLogLevel.Error, "Error while handling application message", exception);
            }
        }
    }

    /// <summary>
    /// Sections 3.4 and 3.5. Sent over the connection of now, which need not be the one the message came by. Without one it fails with
    /// NullReferenceException on purpose: the real package does, and a caller that survives only kinder exceptions must not pass here.
    /// </summary>
    private Task AcknowledgeAsync(MqttApplicationMessageReceivedEventArgs args, CancellationToken cancellationToken)
    {
        var qualityOfService = args.ApplicationMessage.QualityOfServiceLevel;
        if (qualityOfService == MqttQualityOfServiceLevel.AtMostOnce || args.ProcessingFailed)
            return Task.CompletedTask;
        cancellationToken.ThrowIfCancellationRequested();
        var connection = _connection ?? throw new NullReferenceException("The MQTT client is not connected.");
        // PUBREC goes without the reason string, as in the real package.
        var isPubAck = qualityOfService == MqttQualityOfServiceLevel.AtLeastOnce;
        var ack = new AckPacket(
            isPubAck ? PacketType.PubAck : PacketType.PubRec,
            args.PacketIdentifier,
            (byte)args.ReasonCode,
            isPubAck ? args.ResponseReasonString : null,
            args.ResponseUserProperties);
        return connection.SendAsync(PacketEncoder.Ack(ack), cancellationToken);
    }

    /// <summary>Section 3.1.2.10: PINGREQ when nothing else was sent for the period; half a period more for the reply.</summary>
    private async Task KeepAliveAsync(MqttConnection connection, TimeSpan period)
    {
        try
        {
            while (true)
            {
                var idle = connection.SinceLastSent;
                if (idle < period)
                {
                    await Task.Delay(period - idle, connection.Ended).ConfigureAwait(false);
                    continue;
                }
                using var timeout = CancellationTokenSource.CreateLinkedTokenSource(connection.Ended);
                timeout.CancelAfter(period / 2);
                await connection.PingAsync(timeout.Token).ConfigureAwait(false);
            }
        }
        catch (Exception) when (connection.Ended.IsCancellationRequested)
        {
            // The connection ended for another reason, which is reported elsewhere.
        }
        catch (Exception exception)
        {
            Log(MqttNetLogLevel.Warning, "The server does not answer PINGREQ", exception);
            EndBehind(exception);
        }
    }
}
