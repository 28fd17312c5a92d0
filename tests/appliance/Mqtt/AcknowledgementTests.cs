using System.Text;
using System.Threading.Channels;
using Edge.Tests.Support;
using MQTTnet;
using MQTTnet.Protocol;

namespace Edge.Appliance.Tests.Mqtt;

/// <summary>
/// What <c>MessageHandler</c> takes for granted of MQTTnet: a message is the broker's until it is acknowledged, which happens when
/// the receiver says so, in any order and from any thread.
/// </summary>
public sealed class AcknowledgementTests : IAsyncLifetime
{
    private readonly CancellationTokenSource _limit = new(TimeSpan.FromSeconds(60));
    private readonly List<IMqttClient> _clients = [];
    private MosquittoBroker _broker = null!;

    public async ValueTask InitializeAsync() => _broker = await MosquittoBroker.StartAsync();

    public async ValueTask DisposeAsync()
    {
        _clients.ForEach(client => client.Dispose());
        _limit.Dispose();
        await _broker.DisposeAsync();
    }

    [Fact]
    public async Task Message_ConnectionLostBeforeAcknowledgement_ComesAgain()
    {
        var (first, received) = await ConnectAsync(acknowledge: false);
        await PublishAsync("退款");
        Assert.Equal("退款", TextOf(await received.ReadAsync(_limit.Token)));
        first.Dispose();

        var (_, receivedAgain) = await ConnectAsync(acknowledge: true);
        var again = await receivedAgain.ReadAsync(_limit.Token);

        Assert.Equal("退款", TextOf(again));
        Assert.True(again.ApplicationMessage.Dup);
    }

    [Fact]
    public async Task Acknowledge_OutOfOrderFromOtherThreads_OnlyTheOthersComeAgain()
    {
        var (first, received) = await ConnectAsync(acknowledge: false);
        await PublishAsync("0", "1", "2", "3", "4");
        var messages = new List<MqttApplicationMessageReceivedEventArgs>();
        while (messages.Count < 5)
            messages.Add(await received.ReadAsync(_limit.Token));

        foreach (var i in new[] { 4, 0, 2 })
            await Task.Run(() => messages[i].AcknowledgeAsync(_limit.Token), _limit.Token);
        // The broker has read the acknowledgements when it answers the ping behind them.
        await first.PingAsync(_limit.Token);
        first.Dispose();
        var (_, receivedAgain) = await ConnectAsync(acknowledge: true);
        await PublishAsync("end");

        foreach (var expected in new[] { "1", "3", "end" })
            Assert.Equal(expected, TextOf(await receivedAgain.ReadAsync(_limit.Token)));
    }

    [Fact]
    public async Task Acknowledge_AfterTheConnectionEnded_Throws()
    {
        var (client, received) = await ConnectAsync(acknowledge: false);
        await PublishAsync("x");
        var args = await received.ReadAsync(_limit.Token);
        await client.DisconnectAsync(cancellationToken: _limit.Token);

        await Assert.ThrowsAnyAsync<Exception>(() => args.AcknowledgeAsync(_limit.Token));
    }

    // The same session each time: it outlives its connections.
    private async Task<(IMqttClient Client, ChannelReader<MqttApplicationMessageReceivedEventArgs> Received)> ConnectAsync(bool acknowledge)
    {
        var client = CreateClient();
        var received = Channel.CreateUnbounded<MqttApplicationMessageReceivedEventArgs>();
        client.ApplicationMessageReceivedAsync += args =>
        {
            args.AutoAcknowledge = acknowledge;
            received.Writer.TryWrite(args);
            return Task.CompletedTask;
        };
        var options = new MqttClientOptionsBuilder().WithTcpServer("127.0.0.1", _broker.Port).WithClientId("box").WithCleanStart(false)
            .WithSessionExpiryInterval(3600).Build();
        var connected = await client.ConnectAsync(options, _limit.Token);
        if (!connected.IsSessionPresent)
            await client.SubscribeAsync("in", MqttQualityOfServiceLevel.AtLeastOnce, _limit.Token);
        return (client, received.Reader);
    }

    private async Task PublishAsync(params string[] payloads)
    {
        var sender = CreateClient();
        await sender.ConnectAsync(new MqttClientOptionsBuilder().WithTcpServer("127.0.0.1", _broker.Port).Build(), _limit.Token);
        foreach (var payload in payloads)
            Assert.True(
                (await sender.PublishStringAsync(
                    "in", payload, MqttQualityOfServiceLevel.AtLeastOnce, cancellationToken: _limit.Token)).IsSuccess);
        await sender.DisconnectAsync(cancellationToken: _limit.Token);
    }

    private IMqttClient CreateClient()
    {
        var client = new MqttClientFactory().CreateMqttClient();
        _clients.Add(client);
        return client;
    }

    private static string TextOf(MqttApplicationMessageReceivedEventArgs args) => Encoding.UTF8.GetString(args.ApplicationMessage.Payload);
}
