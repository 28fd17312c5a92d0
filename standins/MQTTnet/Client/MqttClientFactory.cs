#nullable disable
using MQTTnet.Diagnostics.Logger;

namespace MQTTnet;

/// <summary>Makes clients and builders.</summary>
public class MqttClientFactory
{
    public MqttClientFactory()
        : this(MqttNetNullLogger.Instance)
    {
    }

    public MqttClientFactory(IMqttNetLogger logger)
    {
        DefaultLogger = logger ?? throw new ArgumentNullException(nameof(logger));
    }

    public IMqttNetLogger DefaultLogger { get; }

    public IMqttClient CreateMqttClient() => new MqttClient(DefaultLogger);

    public IMqttClient CreateMqttClient(IMqttNetLogger logger) => new MqttClient(logger ?? throw new ArgumentNullException(nameof(logger)));

    public MqttApplicationMessageBuilder CreateApplicationMessageBuilder() => new();

    public MqttClientDisconnectOptionsBuilder CreateClientDisconnectOptionsBuilder() => new();

    public MqttClientOptionsBuilder CreateClientOptionsBuilder() => new();

    public MqttClientSubscribeOptionsBuilder CreateSubscribeOptionsBuilder() => new();

    public MqttTopicFilterBuilder CreateTopicFilterBuilder() => new();

    public MqttClientUnsubscribeOptionsBuilder CreateUnsubscribeOptionsBuilder() => new();
}
