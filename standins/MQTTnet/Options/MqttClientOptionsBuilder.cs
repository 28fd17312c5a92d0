#nullable disable
using System.Text;
using MQTTnet.Formatter;
using MQTTnet.Packets;

namespace MQTTnet;

/// <summary>Builds client options: session and CONNECT here, the way to the server and the will in the other parts.</summary>
public sealed partial class MqttClientOptionsBuilder
{
    private readonly MqttClientOptions _options = new();

    public MqttClientOptions Build()
    {
        _options.ChannelOptions = BuildChannel();
        MqttClientOptionsValidator.ThrowIfNotSupported(_options);
        return _options;
    }

    public MqttClientOptionsBuilder WithCleanSession(bool value = true) => With(o => o.CleanSession = value);

    public MqttClientOptionsBuilder WithCleanStart(bool value = true) => With(o => o.CleanSession = value);

    public MqttClientOptionsBuilder WithClientId(string value) => With(o => o.ClientId = value);

    public MqttClientOptionsBuilder WithCredentials(string username, string password) =>
        WithCredentials(username, password == null ? null : Encoding.UTF8.GetBytes(password));

    public MqttClientOptionsBuilder WithCredentials(string username, byte[] password = null) =>
        WithCredentials(new MqttClientCredentials(username, password));

    public MqttClientOptionsBuilder WithCredentials(IMqttClientCredentialsProvider credentials) => With(o => o.Credentials = credentials);

    public MqttClientOptionsBuilder WithKeepAlivePeriod(TimeSpan value) => With(o => o.KeepAlivePeriod = value);

    public MqttClientOptionsBuilder WithNoKeepAlive() => WithKeepAlivePeriod(TimeSpan.Zero);

    public MqttClientOptionsBuilder WithMaximumPacketSize(uint maximumPacketSize) => With(o => o.MaximumPacketSize = maximumPacketSize);

    public MqttClientOptionsBuilder WithoutPacketFragmentation() => With(o => o.AllowPacketFragmentation = false);

    public MqttClientOptionsBuilder WithProtocolVersion(MqttProtocolVersion value)
    {
        if (value == MqttProtocolVersion.Unknown)
            throw new ArgumentException("Protocol version is invalid.");
        return With(o => o.ProtocolVersion = value);
    }

    public MqttClientOptionsBuilder WithReceiveMaximum(ushort receiveMaximum) => With(o => o.ReceiveMaximum = receiveMaximum);

    public MqttClientOptionsBuilder WithRequestProblemInformation(bool requestProblemInformation = true) =>
        With(o => o.RequestProblemInformation = requestProblemInformation);

    public MqttClientOptionsBuilder WithRequestResponseInformation(bool requestResponseInformation = true) =>
        With(o => o.RequestResponseInformation = requestResponseInformation);

    public MqttClientOptionsBuilder WithSessionExpiryInterval(uint sessionExpiryInterval) =>
        With(o => o.SessionExpiryInterval = sessionExpiryInterval);

    public MqttClientOptionsBuilder WithTimeout(TimeSpan value) => With(o => o.Timeout = value);

    public MqttClientOptionsBuilder WithTopicAliasMaximum(ushort topicAliasMaximum) => With(o => o.TopicAliasMaximum = topicAliasMaximum);

    public MqttClientOptionsBuilder WithTryPrivate(bool value = true) => With(o => o.TryPrivate = value);

    [Obsolete("Please use more performance `WithUserProperty` with ArraySegment<byte> or ReadOnlyMemory<byte> for the value.")]
    public MqttClientOptionsBuilder WithUserProperty(string name, string value) =>
        With(o => (o.UserProperties ??= []).Add(new MqttUserProperty(name, value)));

    public MqttClientOptionsBuilder WithUserProperty(string name, ReadOnlyMemory<byte> value) =>
        With(o => (o.UserProperties ??= []).Add(new MqttUserProperty(name, value)));

    public MqttClientOptionsBuilder WithUserProperty(string name, ArraySegment<byte> value) =>
        With(o => (o.UserProperties ??= []).Add(new MqttUserProperty(name, value)));

    private MqttClientOptionsBuilder With(Action<MqttClientOptions> set)
    {
        set(_options);
        return this;
    }
}
