#nullable disable
using System.Text;
using MQTTnet.Packets;
using MQTTnet.Protocol;

namespace MQTTnet;

public sealed partial class MqttClientOptionsBuilder
{
    public MqttClientOptionsBuilder WithWillTopic(string willTopic) => With(o => o.WillTopic = willTopic);

    public MqttClientOptionsBuilder WithWillPayload(byte[] willPayload) => With(o => o.WillPayload = willPayload);

    public MqttClientOptionsBuilder WithWillPayload(ArraySegment<byte> willPayload) =>
        With(o => o.WillPayload = willPayload.Count == 0 ? null : willPayload.ToArray());

    public MqttClientOptionsBuilder WithWillPayload(string willPayload) =>
        With(o => o.WillPayload = string.IsNullOrEmpty(willPayload) ? null : Encoding.UTF8.GetBytes(willPayload));

    public MqttClientOptionsBuilder WithWillQualityOfServiceLevel(MqttQualityOfServiceLevel willQualityOfServiceLevel) =>
        With(o => o.WillQualityOfServiceLevel = willQualityOfServiceLevel);

    public MqttClientOptionsBuilder WithWillRetain(bool willRetain = true) => With(o => o.WillRetain = willRetain);

    public MqttClientOptionsBuilder WithWillDelayInterval(uint willDelayInterval) => With(o => o.WillDelayInterval = willDelayInterval);

    public MqttClientOptionsBuilder WithWillMessageExpiryInterval(uint willMessageExpiryInterval) =>
        With(o => o.WillMessageExpiryInterval = willMessageExpiryInterval);

    public MqttClientOptionsBuilder WithWillContentType(string willContentType) => With(o => o.WillContentType = willContentType);

    public MqttClientOptionsBuilder WithWillResponseTopic(string willResponseTopic) => With(o => o.WillResponseTopic = willResponseTopic);

    public MqttClientOptionsBuilder WithWillCorrelationData(byte[] willCorrelationData) =>
        With(o => o.WillCorrelationData = willCorrelationData);

    public MqttClientOptionsBuilder WithWillPayloadFormatIndicator(MqttPayloadFormatIndicator willPayloadFormatIndicator) =>
        With(o => o.WillPayloadFormatIndicator = willPayloadFormatIndicator);

    [Obsolete("Please use more performance `WithWillUserProperty` with ArraySegment<byte> or ReadOnlyMemory<byte> for the value.")]
    public MqttClientOptionsBuilder WithWillUserProperty(string name, string value) =>
        With(o => (o.WillUserProperties ??= []).Add(new MqttUserProperty(name, value)));

    public MqttClientOptionsBuilder WithWillUserProperty(string name, ReadOnlyMemory<byte> value) =>
        With(o => (o.WillUserProperties ??= []).Add(new MqttUserProperty(name, value)));

    public MqttClientOptionsBuilder WithWillUserProperty(string name, ArraySegment<byte> value) =>
        With(o => (o.WillUserProperties ??= []).Add(new MqttUserProperty(name, value)));
}
