#nullable disable
using MQTTnet.Exceptions;
using MQTTnet.Protocol;
using MQTTnet.Wire;

namespace MQTTnet;

/// <summary>Subscribing and unsubscribing.</summary>
public sealed partial class MqttClient
{
    /// <summary>MQTT 5 sections 3.8 and 3.9.</summary>
    public async Task<MqttClientSubscribeResult> SubscribeAsync(
        MqttClientSubscribeOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        foreach (var filter in options.TopicFilters)
            MqttTopicValidator.ThrowIfInvalidSubscribe(filter.Topic);

        var ack = await RequestAsync(
            PacketType.SubAck, id => PacketEncoder.Subscribe(options, id), options.TopicFilters.Count, cancellationToken)
            .ConfigureAwait(false);
        var items = options.TopicFilters.Zip(
            ack.ReasonCodes, (filter, code) => new MqttClientSubscribeResultItem(filter, (MqttClientSubscribeResultCode)code));
        return new MqttClientSubscribeResult(
            ack.PacketIdentifier, items.ToList(), ack.ReasonString, ack.UserProperties ?? NoUserProperties);
    }

    /// <summary>MQTT 5 sections 3.10 and 3.11.</summary>
    public async Task<MqttClientUnsubscribeResult> UnsubscribeAsync(
        MqttClientUnsubscribeOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        foreach (var filter in options.TopicFilters)
            MqttTopicValidator.ThrowIfInvalidSubscribe(filter);

        var ack = await RequestAsync(
            PacketType.UnsubAck, id => PacketEncoder.Unsubscribe(options, id), options.TopicFilters.Count, cancellationToken)
            .ConfigureAwait(false);
        var items = options.TopicFilters.Zip(
            ack.ReasonCodes, (filter, code) => new MqttClientUnsubscribeResultItem(filter, (MqttClientUnsubscribeResultCode)code));
        return new MqttClientUnsubscribeResult(
            ack.PacketIdentifier, items.ToList(), ack.ReasonString, ack.UserProperties ?? NoUserProperties);
    }

    private async Task<SubscriptionAckPacket> RequestAsync(
        PacketType reply, Func<ushort, ReadOnlyMemory<byte>> encode, int filters, CancellationToken cancellationToken)
    {
        var connection = Connected();
        var identifier = connection.Replies.TakeIdentifier();
        try
        {
            var packet = encode(identifier);
            var ack = PacketDecoder.SubscriptionAck(await WithTimeout(
                token => connection.RequestAsync(reply, identifier, packet, token), cancellationToken).ConfigureAwait(false));
            if (ack.ReasonCodes.Length != filters)
            {
                throw new MqttProtocolViolationException(
                    $"{reply}: {ack.ReasonCodes.Length} reason codes for {filters} topic filters [MQTT-3.8.4-6].");
            }
            return ack;
        }
        finally
        {
            connection.Replies.ReturnIdentifier(identifier);
        }
    }
}
