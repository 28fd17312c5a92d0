using MQTTnet;
using MQTTnet.Adapter;
using MQTTnet.Diagnostics.Logger;
using MQTTnet.Formatter;
using MQTTnet.Implementations;

namespace Edge.Appliance.Mqtt;

/// <summary>Makes MQTTnet's TCP adapter with a <see cref="LimitedChannel"/> in it.</summary>
internal sealed class LimitedAdapterFactory(int largest, Action onPublish, Action<ushort, long> onCut) : IMqttClientAdapterFactory
{
    /// <inheritdoc/>
    public IMqttChannelAdapter CreateClientAdapter(MqttClientOptions options, MqttPacketInspector packetInspector, IMqttNetLogger logger)
    {
        var channel = new LimitedChannel(new MqttTcpChannel(options), largest, onPublish, onCut);
        var buffer = new MqttBufferWriter(options.WriterBufferSize, options.WriterBufferSizeMax);
        return new MqttChannelAdapter(channel, new MqttPacketFormatterAdapter(options.ProtocolVersion, buffer), logger)
        {
            AllowPacketFragmentation = options.AllowPacketFragmentation,
            PacketInspector = packetInspector,
        };
    }
}
