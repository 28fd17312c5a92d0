#nullable disable
using MQTTnet.Adapter;
using MQTTnet.Client;
using MQTTnet.Exceptions;
using MQTTnet.Wire;

namespace MQTTnet;

/// <summary>The first exchange of a connection and the last packet.</summary>
public sealed partial class MqttClient
{
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

    /// <summary>MQTT 5 section 3.14.</summary>
    private static async Task<bool> SendDisconnectAsync(
        MqttConnection connection, MqttClientDisconnectOptions options, CancellationToken cancellationToken)
    {
        await connection.SendAsync(PacketEncoder.Disconnect(options), cancellationToken).ConfigureAwait(false);
        return true;
    }
}
