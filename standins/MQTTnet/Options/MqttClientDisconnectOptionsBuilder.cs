#nullable disable
using MQTTnet.Packets;

namespace MQTTnet;

/// <summary>Builds the content of a DISCONNECT.</summary>
public sealed class MqttClientDisconnectOptionsBuilder
{
    private readonly MqttClientDisconnectOptions _options = new();

    public MqttClientDisconnectOptions Build() => new()
    {
        Reason = _options.Reason,
        ReasonString = _options.ReasonString,
        SessionExpiryInterval = _options.SessionExpiryInterval,
        UserProperties = _options.UserProperties,
    };

    public MqttClientDisconnectOptionsBuilder WithReason(MqttClientDisconnectOptionsReason value)
    {
        _options.Reason = value;
        return this;
    }

    public MqttClientDisconnectOptionsBuilder WithReasonString(string value)
    {
        _options.ReasonString = value;
        return this;
    }

    public MqttClientDisconnectOptionsBuilder WithSessionExpiryInterval(uint value)
    {
        _options.SessionExpiryInterval = value;
        return this;
    }

    public MqttClientDisconnectOptionsBuilder WithUserProperties(List<MqttUserProperty> userProperties)
    {
        _options.UserProperties = userProperties;
        return this;
    }

    public MqttClientDisconnectOptionsBuilder WithUserProperty(string name, ReadOnlyMemory<byte> value)
    {
        (_options.UserProperties ??= []).Add(new MqttUserProperty(name, value));
        return this;
    }

    public MqttClientDisconnectOptionsBuilder WithUserProperty(string name, ArraySegment<byte> value)
    {
        (_options.UserProperties ??= []).Add(new MqttUserProperty(name, value));
        return this;
    }
}
