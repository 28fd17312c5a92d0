using Edge.Appliance.Mqtt;
using Edge.Appliance.Tests.Support;
using MQTTnet;

namespace Edge.Appliance.Tests.Mqtt;

public sealed class SuspectsTests
{
    private readonly ManualClock _time = new();
    private readonly Suspects _suspects;

    public SuspectsTests() => _suspects = new Suspects(_time);

    [Fact]
    public void Message_IsPublishedAloneAfterTwoCuts_AndConvictedAfterTwoAlone()
    {
        var message = Message("x");
        foreach (var (isAlone, expected) in new[]
            { (false, Suspicion.None), (false, Suspicion.PublishAlone), (true, Suspicion.PublishAlone), (true, Suspicion.Convicted) })
        {
            _suspects.AddCut(message, isError: false, isAlone);
            // It comes again in another packet.
            Assert.Equal(expected, _suspects.Of(Message("x"), isError: false));
        }
        Assert.Equal(Suspicion.None, _suspects.Of(message, isError: true));
        Assert.Equal(Suspicion.None, _suspects.Of(Message("y"), isError: false));
    }

    [Fact]
    public void Message_ThatTheBrokerTakes_IsInnocent()
    {
        _suspects.AddCut(Message("x"), isError: false, wasAlone: false);
        _suspects.AddCut(Message("x"), isError: false, wasAlone: false);

        _suspects.Clear(Message("x"), isError: false);

        Assert.True(_suspects.IsEmpty);
        Assert.Equal(Suspicion.None, _suspects.Of(Message("x"), isError: false));
    }

    [Fact]
    public void Suspicion_Ends()
    {
        _suspects.AddCut(Message("x"), isError: false, wasAlone: false);
        _suspects.AddCut(Message("x"), isError: false, wasAlone: false);
        _time.Advance(Suspects.Lasts);

        Assert.Equal(Suspicion.None, _suspects.Of(Message("x"), isError: false));
        Assert.True(_suspects.IsEmpty);
    }

    [Fact]
    public void Key_TellsTopicsAndPropertiesApart()
    {
        MqttApplicationMessage[] messages =
        [
            Message("x"),
            Message("x", "b"),
            new MqttApplicationMessageBuilder().WithTopic("a").WithPayload("x").WithResponseTopic("r").Build(),
            new MqttApplicationMessageBuilder().WithTopic("a").WithPayload("x").WithCorrelationData([1]).Build(),
        ];

        Assert.Equal(messages.Length, messages.Select(message => MessageKey.Of(message, isError: false)).Distinct().Count());
    }

    private static MqttApplicationMessage Message(string payload, string topic = "a") =>
        new MqttApplicationMessageBuilder().WithTopic(topic).WithPayload(payload).Build();
}
