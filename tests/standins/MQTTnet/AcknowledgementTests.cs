using System.Threading.Channels;
using Edge.Tests.Support;
using MQTTnet;
using MQTTnet.Protocol;

namespace Edge.Standins.Tests.Mqtt;

/// <summary>A message is the server's until it is acknowledged, and acknowledged only when the receiver says so.</summary>
public sealed class AcknowledgementTests : MqttTest
{
    [Theory]
    [InlineData(MqttQualityOfServiceLevel.AtLeastOnce)]
    [InlineData(MqttQualityOfServiceLevel.ExactlyOnce)]
    public async Task Message_CrashBeforeAcknowledgement_ComesAgain(MqttQualityOfServiceLevel qualityOfService)
    {
        await using var broker = await MosquittoBroker.StartAsync();
        var first = await ConnectAsync(SessionFor(broker, "box").Build());
        var received = Collect(first, acknowledge: false);
        await first.SubscribeAsync("in", qualityOfService, Token);
        await PublishAsync(broker, "in", qualityOfService, "退款");
        Assert.Equal("退款", TextOf(await NextAsync(received)));
        first.Dispose();

        var second = await SessionAgainAsync(broker);
        var again = await NextAsync(second);

        Assert.Equal("退款", TextOf(again));
        Assert.True(again.ApplicationMessage.Dup);
    }

    [Fact]
    public async Task Message_CrashInsideTheHandler_ComesAgain()
    {
        await using var broker = await MosquittoBroker.StartAsync();
        var first = await ConnectAsync(SessionFor(broker, "box").Build());
        var entered = new TaskCompletionSource();
        var never = new TaskCompletionSource();
        first.ApplicationMessageReceivedAsync += _ =>
        {
            entered.SetResult();
            return never.Task;
        };
        await first.SubscribeAsync("in", MqttQualityOfServiceLevel.AtLeastOnce, Token);
        await PublishAsync(broker, "in", MqttQualityOfServiceLevel.AtLeastOnce, "x");
        await entered.Task.WaitAsync(Limit, Token);
        first.Dispose();

        var second = await SessionAgainAsync(broker);

        Assert.Equal("x", TextOf(await NextAsync(second)));
        never.SetResult();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Message_HandlerFailed_ConnectionStaysAndMessageComesAgainInTheNext(bool byException)
    {
        await using var broker = await MosquittoBroker.StartAsync();
        var first = await ConnectAsync(SessionFor(broker, "box").Build());
        var later = new TaskCompletionSource<string>();
        first.ApplicationMessageReceivedAsync += args =>
        {
            if (args.ApplicationMessage.Topic == "mark")
                later.TrySetResult(TextOf(args));
            else if (TextOf(args) == "good")
                return Task.CompletedTask;
            else if (byException)
                throw new FormatException("a handler's fault");
            else
                args.ProcessingFailed = true;
            return Task.CompletedTask;
        };
        await first.SubscribeAsync("in", MqttQualityOfServiceLevel.AtLeastOnce, Token);
        await PublishAsync(broker, "in", MqttQualityOfServiceLevel.AtLeastOnce, "bad", "good");
        // "good" is acknowledged before the handler gets the next message.
        await first.SubscribeAsync("mark", cancellationToken: Token);
        await PublishAsync(broker, "mark", MqttQualityOfServiceLevel.AtMostOnce, "mark");
        Assert.Equal("mark", await later.Task.WaitAsync(Limit, Token));
        Assert.True(first.IsConnected);
        await first.PingAsync(Token);
        first.Dispose();

        var second = await SessionAgainAsync(broker);
        await PublishAsync(broker, "in", MqttQualityOfServiceLevel.AtLeastOnce, "end");

        Assert.Equal("bad", TextOf(await NextAsync(second)));
        Assert.Equal("end", TextOf(await NextAsync(second)));
    }

    [Theory]
    [InlineData(MqttQualityOfServiceLevel.AtLeastOnce)]
    [InlineData(MqttQualityOfServiceLevel.ExactlyOnce)]
    public async Task Acknowledge_OutOfOrderFromOtherThreads_OnlyTheOthersComeAgain(MqttQualityOfServiceLevel qualityOfService)
    {
        await using var broker = await MosquittoBroker.StartAsync();
        var first = await ConnectAsync(SessionFor(broker, "box").Build());
        var received = Collect(first, acknowledge: false);
        await first.SubscribeAsync("in", qualityOfService, Token);
        await PublishAsync(broker, "in", qualityOfService, "0", "1", "2", "3", "4");
        var messages = new List<MqttApplicationMessageReceivedEventArgs>();
        while (messages.Count < 5)
            messages.Add(await NextAsync(received));

        await Task.Run(() => messages[4].AcknowledgeAsync(Token), Token);
        await Task.Run(() => messages[0].AcknowledgeAsync(Token), Token);
        await Task.Run(() => messages[2].AcknowledgeAsync(Token), Token);
        // The acknowledgements have been read when the ping behind them is answered.
        await first.PingAsync(Token);
        first.Dispose();
        var second = await SessionAgainAsync(broker);
        await PublishAsync(broker, "in", qualityOfService, "end");

        Assert.Equal("1", TextOf(await NextAsync(second)));
        Assert.Equal("3", TextOf(await NextAsync(second)));
        Assert.Equal("end", TextOf(await NextAsync(second)));
    }

    [Fact]
    public async Task Acknowledge_Twice_ThrowsInvalidOperation()
    {
        await using var broker = await MosquittoBroker.StartAsync();
        var client = await ConnectAsync(broker);
        var received = Collect(client, acknowledge: false);
        await client.SubscribeAsync("in", MqttQualityOfServiceLevel.AtLeastOnce, Token);
        await PublishAsync(broker, "in", MqttQualityOfServiceLevel.AtLeastOnce, "x");
        var args = await NextAsync(received);
        await args.AcknowledgeAsync(Token);

        var exception = await Assert.ThrowsAsync<InvalidOperationException>(async () => await args.AcknowledgeAsync(Token));

        Assert.Equal("The application message is already acknowledged.", exception.Message);
    }

    [Fact]
    public async Task Acknowledge_AfterTheConnectionEnded_ThrowsNullReference()
    {
        await using var broker = await MosquittoBroker.StartAsync();
        var client = await ConnectAsync(broker);
        var received = Collect(client, acknowledge: false);
        await client.SubscribeAsync("in", MqttQualityOfServiceLevel.AtLeastOnce, Token);
        await PublishAsync(broker, "in", MqttQualityOfServiceLevel.AtLeastOnce, "x");
        var args = await NextAsync(received);
        await client.DisconnectAsync(cancellationToken: Token);

        await Assert.ThrowsAsync<NullReferenceException>(async () => await args.AcknowledgeAsync(Token));
    }

    [Fact]
    public async Task ReceiveMaximum_UnacknowledgedMessagesFillIt_ServerHoldsTheRest()
    {
        await using var broker = await MosquittoBroker.StartAsync();
        var client = await ConnectAsync(OptionsFor(broker).WithReceiveMaximum(3).Build());
        var received = Collect(client, acknowledge: false);
        await client.SubscribeAsync("in", MqttQualityOfServiceLevel.AtLeastOnce, Token);
        await client.SubscribeAsync("mark", MqttQualityOfServiceLevel.AtMostOnce, Token);
        await PublishAsync(broker, "in", MqttQualityOfServiceLevel.AtLeastOnce, "0", "1", "2", "3", "4");
        // QoS 0 is not counted, and comes after whatever the server had sent before.
        await PublishAsync(broker, "mark", MqttQualityOfServiceLevel.AtMostOnce, "mark");

        var messages = new List<MqttApplicationMessageReceivedEventArgs>();
        while (messages.Count < 4)
            messages.Add(await NextAsync(received));
        Assert.Equal(["0", "1", "2", "mark"], messages.Select(TextOf));

        await messages[1].AcknowledgeAsync(Token);
        Assert.Equal("3", TextOf(await NextAsync(received)));
        await messages[0].AcknowledgeAsync(Token);
        Assert.Equal("4", TextOf(await NextAsync(received)));
    }

    private async Task PublishAsync(
        MosquittoBroker broker, string topic, MqttQualityOfServiceLevel qualityOfService, params string[] payloads)
    {
        var sender = await ConnectAsync(broker);
        foreach (var payload in payloads)
            Assert.True((await sender.PublishAsync(Message(topic, payload, qualityOfService), Token)).IsSuccess);
        await sender.DisconnectAsync(cancellationToken: Token);
    }

    private async Task<Channel<MqttApplicationMessageReceivedEventArgs>> SessionAgainAsync(MosquittoBroker broker)
    {
        var client = CreateClient();
        var received = Collect(client);
        var result = await client.ConnectAsync(SessionFor(broker, "box").Build(), Token);
        Assert.True(result.IsSessionPresent);
        return received;
    }
}
