using System.Text;
using System.Threading.Channels;
using Edge.Tests.Support;
using MQTTnet;
using MQTTnet.Protocol;

namespace Edge.Standins.Tests.Mqtt;

/// <summary>What the tests of the MQTT client share: clients that are closed at the end, a limit for every wait.</summary>
public abstract class MqttTest : IDisposable
{
    /// <summary>No test waits this long for anything that comes; a wait that ends here has failed.</summary>
    protected static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    private readonly CancellationTokenSource _limit = new(TimeSpan.FromSeconds(60));
    private readonly List<IMqttClient> _clients = [];

    protected CancellationToken Token => _limit.Token;

    protected static MqttClientOptionsBuilder OptionsFor(MosquittoBroker broker, string? clientId = null)
    {
        var builder = new MqttClientOptionsBuilder().WithTcpServer("127.0.0.1", broker.Port).WithKeepAlivePeriod(TimeSpan.FromSeconds(30));
        return clientId == null ? builder : builder.WithClientId(clientId);
    }

    /// <summary>A session that outlives its connections.</summary>
    protected static MqttClientOptionsBuilder SessionFor(MosquittoBroker broker, string clientId) =>
        OptionsFor(broker, clientId).WithCleanStart(false).WithSessionExpiryInterval(3600);

    protected IMqttClient CreateClient()
    {
        var client = new MqttClientFactory().CreateMqttClient();
        _clients.Add(client);
        return client;
    }

    protected async Task<IMqttClient> ConnectAsync(MqttClientOptions options)
    {
        var client = CreateClient();
        Assert.Equal(MqttClientConnectResultCode.Success, (await client.ConnectAsync(options, Token)).ResultCode);
        return client;
    }

    protected Task<IMqttClient> ConnectAsync(MosquittoBroker broker, string? clientId = null) =>
        ConnectAsync(OptionsFor(broker, clientId).Build());

    /// <summary>Messages as they arrive. Set <paramref name="acknowledge"/> false to acknowledge by hand.</summary>
    protected static Channel<MqttApplicationMessageReceivedEventArgs> Collect(IMqttClient client, bool acknowledge = true)
    {
        var received = Channel.CreateUnbounded<MqttApplicationMessageReceivedEventArgs>();
        client.ApplicationMessageReceivedAsync += args =>
        {
            args.AutoAcknowledge = acknowledge;
            received.Writer.TryWrite(args);
            return Task.CompletedTask;
        };
        return received;
    }

    protected static Task<MqttClientDisconnectedEventArgs> NextDisconnect(IMqttClient client)
    {
        var source = new TaskCompletionSource<MqttClientDisconnectedEventArgs>(TaskCreationOptions.RunContinuationsAsynchronously);
        client.DisconnectedAsync += args =>
        {
            source.TrySetResult(args);
            return Task.CompletedTask;
        };
        return source.Task.WaitAsync(Limit);
    }

    protected static MqttApplicationMessage Message(
        string topic, string payload, MqttQualityOfServiceLevel qualityOfService = MqttQualityOfServiceLevel.AtLeastOnce) =>
        new MqttApplicationMessageBuilder().WithTopic(topic).WithPayload(payload).WithQualityOfServiceLevel(qualityOfService).Build();

    protected static string TextOf(MqttApplicationMessageReceivedEventArgs args) =>
        Encoding.UTF8.GetString(args.ApplicationMessage.Payload);

    protected async Task<MqttApplicationMessageReceivedEventArgs> NextAsync(Channel<MqttApplicationMessageReceivedEventArgs> received) =>
        await received.Reader.ReadAsync(Token);

    protected static void SkipUnlessStandIn(string realBehaviour) => Assert.SkipUnless(
        typeof(MqttClientFactory).Assembly.GetName().Name!.StartsWith("Edge.Standins.", StringComparison.Ordinal), realBehaviour);

    public void Dispose()
    {
        foreach (var client in _clients)
            client.Dispose();
        _limit.Dispose();
        GC.SuppressFinalize(this);
    }
}
